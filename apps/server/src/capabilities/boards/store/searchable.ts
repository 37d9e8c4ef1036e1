import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

export interface IndexableRow {
  id: string
  board_id: string
  account_id: string | null
  title: string
  media_type: string
  bytes: Buffer | null
  deleted: boolean
  hidden: boolean
}

export async function postsToIndex(tx: Tx, ids: readonly string[]): Promise<IndexableRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<IndexableRow>`
    select encode(p.id, 'hex') as id, encode(p.board_id, 'hex') as board_id, k.account_id, p.title, p.content_type as media_type,
      c.bytes, p.deleted, p.hidden_by is not null as hidden
    from posts p left join content_blobs c on c.tenant_id = p.tenant_id and c.digest = p.content_digest and c.size <= 65536
    left join author_keys k on k.tenant_id = p.tenant_id and k.author_id = p.author_id and k.ordinal = 0
    where p.id = any(${allBytes(ids)}::bytea[])`.execute(tx.db)
  return rows
}

/** Posts and comments whose body this is. */
export async function postsNaming(tx: Tx, digest: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select encode(id, 'hex') as id from posts where content_digest = ${toBytes(digest)} limit 100`.execute(
    tx.db,
  )
  return rows.map((row) => row.id)
}

/** All boards here, by the first 16 bytes of their ids. */
export async function boardsToSearch(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select encode(substring(id from 1 for 16), 'hex')::uuid::text as id from boards`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** Where a found post or comment stands. */
export interface FoundPost {
  /** The first 16 bytes of the post's id. */
  readonly id: string
  readonly board_id: string
  readonly board_title: string
  readonly post_id: string
  /** Of a comment. */
  readonly comment_id: string | null
  readonly title: string
  readonly author_name: string
}

/** Where these stand; titles of comments are those of their posts. */
export async function postPlaces(tx: Tx, ids: readonly string[]): Promise<FoundPost[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FoundPost>`
    select encode(substring(p.id from 1 for 16), 'hex')::uuid::text as id, encode(b.id, 'hex') as board_id,
      coalesce(b.title, '') as board_title, encode(coalesce(p.root_id, p.id), 'hex') as post_id,
      case when p.root_id is null then null else encode(p.id, 'hex') end as comment_id,
      coalesce(r.title, p.title) as title,
      coalesce((select n.name from author_names n where n.author_id = p.author_id order by n.claimed_at desc limit 1), '')
        as author_name
    from posts p join boards b on b.tenant_id = p.tenant_id and b.id = p.board_id
    left join posts r on r.tenant_id = p.tenant_id and r.id = p.root_id
    where substring(p.id from 1 for 16) = any(${ids.map((id) => toBytes(id.replaceAll('-', '')))}::bytea[])
      and not p.deleted and p.hidden_by is null`.execute(tx.db)
  return rows
}
