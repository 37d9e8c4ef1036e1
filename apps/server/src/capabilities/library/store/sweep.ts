import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { StoredCover } from './books.ts'

/**
 * What has had its time, deleted a batch at a time. Rows that somebody holds are left for the next time, and what is deleted
 * is looked at again once it is held: somebody may just have come back for it.
 */

/** Uploads whose time ran out `hours` ago. */
export async function deleteOldUploads(
  tx: Tx,
  hours: number,
  limit: number,
): Promise<{ id: string; sha256: string | null }[]> {
  const { rows } = await sql<{ id: string; sha256: string | null }>`
    delete from uploads where id in (
      select id from uploads where expires_at < now() - make_interval(hours => ${hours})
      order by expires_at limit ${limit} for update skip locked)
    returning id, sha256`.execute(tx.db)
  return rows
}

/** Books that have lain in the trash for longer than this. */
export async function deleteOldTrash(
  tx: Tx,
  days: number,
  limit: number,
): Promise<{ id: string; workspace_id: string }[]> {
  const { rows } = await sql<{ id: string; workspace_id: string }>`
    delete from books where id in (
      select id from books where trashed_at < now() - make_interval(days => ${days})
      order by trashed_at limit ${limit} for update skip locked)
    returning id, workspace_id`.execute(tx.db)
  return rows
}

export interface DeletedContent {
  id: string
  sha256: string
  reading_sha256: string | null
  cover: StoredCover | null
}

/** Contents that no book shows any more, also not from the trash; but none so new that its book may be on its way. */
export async function deleteUnusedContents(tx: Tx, limit: number): Promise<DeletedContent[]> {
  const held = await sql<{ id: string }>`
    select c.id from contents c
    where not exists (select from books b where b.tenant_id = c.tenant_id and b.content_id = c.id)
      and c.created_at < now() - interval '1 hour'
    limit ${limit} for update skip locked`.execute(tx.db)
  const ids = held.rows.map((row) => row.id)
  // A statement of its own sees what was committed while the rows were being locked.
  const { rows } = await sql<DeletedContent>`
    delete from contents c where c.id = any(${ids}::uuid[])
      and not exists (select from books b where b.tenant_id = c.tenant_id and b.content_id = c.id)
    returning c.id, c.sha256, c.reading_sha256, c.cover`.execute(tx.db)
  return rows
}

/** Those of these uploads whose staged file may still be wanted. */
export async function uploadsUnderWay(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from uploads where id::text = any(${[...ids]})
      and (sha256 is not null or expires_at > now() - interval '1 hour')`.execute(tx.db)
  return new Set(rows.map((row) => row.id))
}
