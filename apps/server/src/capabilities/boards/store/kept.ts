/** Posts that this node keeps, and what of their content is pinned for it. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

/** A post `p` and its comments. */
const thread = (postId: string) => sql`(p.id = ${toBytes(postId)} or p.root_id = ${toBytes(postId)})`

/**
 * Keeps a post: what it and its comments name is pinned, and wanted here again where it had been given up. The caller holds the
 * lock of the board, so that no comment comes meanwhile.
 */
export async function keep(
  tx: Tx,
  tenantId: string,
  post: { readonly id: string; readonly boardId: string; readonly at: Date },
): Promise<void> {
  await sql`
    insert into kept_posts (tenant_id, post_id, board_id, kept_at)
    values (${tenantId}, ${toBytes(post.id)}, ${toBytes(post.boardId)}, ${post.at}) on conflict do nothing`.execute(
    tx.db,
  )
  await pin(tx, thread(post.id))
}

/** Keeps it no longer; what another kept post names stays pinned. The same lock is held. */
export async function release(tx: Tx, postId: string): Promise<void> {
  await sql`delete from kept_posts where post_id = ${toBytes(postId)}`.execute(tx.db)
  await unpin(
    tx,
    sql`any(select n.digest from posts p join content_names n on n.tenant_id = p.tenant_id and n.post_id = p.id
      where ${thread(postId)})`,
  )
}

/** Pins what these posts and comments name, as far as they are of posts that are kept. */
export async function pinKept(tx: Tx, ids: readonly string[]): Promise<void> {
  await pin(tx, sql`p.id = any(${allBytes(ids)}::bytea[])`)
}

async function pin(tx: Tx, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    update content_blobs c set pinned = true, evicted_at = null
    from (select distinct n.tenant_id, n.digest from posts p
      join kept_posts k on k.tenant_id = p.tenant_id and k.post_id = coalesce(p.root_id, p.id)
      join content_names n on n.tenant_id = p.tenant_id and n.post_id = p.id where ${which}) as named
    where c.tenant_id = named.tenant_id and c.digest = named.digest and not c.pinned`.execute(tx.db)
}

/** Of these contents, unpins what no kept post names, nor any comment of one. */
export async function unpinUnnamed(tx: Tx, digests: readonly Buffer[]): Promise<void> {
  await unpin(tx, sql`any(${[...digests]}::bytea[])`)
}

async function unpin(tx: Tx, digests: RawBuilder<unknown>): Promise<void> {
  await sql`
    update content_blobs c set pinned = false where c.pinned and c.digest = ${digests} and not exists (
      select from content_names n join posts p on p.tenant_id = n.tenant_id and p.id = n.post_id
        join kept_posts k on k.tenant_id = p.tenant_id and k.post_id = coalesce(p.root_id, p.id)
      where n.tenant_id = c.tenant_id and n.digest = c.digest)`.execute(tx.db)
}

/** Contents of a post and its comments that are not here yet. */
export async function countMissing(tx: Tx, postId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct c.digest)::integer as count from posts p
      join content_names n on n.tenant_id = p.tenant_id and n.post_id = p.id
      join content_blobs c on c.tenant_id = n.tenant_id and c.digest = n.digest
    where ${thread(postId)} and not c.whole and not c.dropped`.execute(tx.db)
  return rows[0]?.count ?? 0
}
