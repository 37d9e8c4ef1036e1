import { isUuid } from '@stoa/kernel'
import type { MediaRef } from '@stoa/records'
import { sql } from 'kysely'
import type { Database, Tx } from '../../../platform/database/database.ts'

export interface UploadRow {
  id: string
  account_id: string
  size: number
  media: MediaRef | null
}

export async function insertUpload(
  tx: Tx,
  tenantId: string,
  row: { readonly id: string; readonly accountId: string; readonly size: number; readonly at: Date },
): Promise<void> {
  await sql`
    insert into board_uploads (tenant_id, id, account_id, size, created_at)
    values (${tenantId}, ${row.id}, ${row.accountId}, ${row.size}, ${row.at})`.execute(tx.db)
}

/** The account's own; nobody else's. */
export async function findUpload(tx: Tx, accountId: string, id: string): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select id, account_id, size, media from board_uploads where id = ${id} and account_id = ${accountId}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function finishUpload(tx: Tx, id: string, media: MediaRef): Promise<void> {
  await sql`update board_uploads set media = ${JSON.stringify(media)}::jsonb where id = ${id}`.execute(tx.db)
}

/** Images of the account that are ready, by the id of their upload. */
export async function uploadedMedia(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MediaRef>> {
  const uuids = ids.filter(isUuid)
  if (uuids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; media: MediaRef }>`
    select id, media from board_uploads
    where id = any(${uuids}::uuid[]) and account_id = ${accountId} and media is not null`.execute(tx.db)
  return new Map(rows.map(({ id, media }) => [id, media]))
}

/** Forgets uploads that were reserved before a moment; their bytes are to be deleted by the caller. */
export async function deleteOldUploads(
  { pool }: Database,
  before: Date,
  batch: number,
): Promise<{ tenant_id: string; id: string }[]> {
  const { rows } = await sql<{ tenant_id: string; id: string }>`
    select tenant_id, id from stoa.delete_old_board_uploads(${before}, ${batch})`.execute(pool)
  return rows
}
