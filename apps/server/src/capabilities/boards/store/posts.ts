import type { ItemView, MediaRef } from '@stoa/records'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

/** A post or comment as everybody sees it; ids in hexadecimal. */
export interface PostRow {
  id: string
  board_id: string
  root_id: string | null
  parent_id: string | null
  author_id: string
  title: string
  digest: string
  size: number
  media_type: string
  media: readonly MediaRef[]
  edited_at: Date | null
  deleted: boolean
  hidden_by: string | null
  hidden_reason: string | null
  locked: boolean
  pinned: boolean
  comment_count: number
  last_active_at: Date
  created_at: Date
  /** Whether the body is on this node. */
  body_here: boolean
  /** Whether this node keeps it; of a comment: its post. */
  kept: boolean
}

const fields = sql`encode(p.id, 'hex') as id, encode(p.board_id, 'hex') as board_id, encode(p.root_id, 'hex') as root_id,
  encode(p.parent_id, 'hex') as parent_id, encode(p.author_id, 'hex') as author_id, p.title,
  encode(p.content_digest, 'hex') as digest, p.content_size as size, p.content_type as media_type, p.media, p.edited_at,
  p.deleted, encode(p.hidden_by, 'hex') as hidden_by, p.hidden_reason, p.locked, p.pinned, p.comment_count, p.last_active_at,
  p.created_at, coalesce(c.whole, false) as body_here,
  exists (select from kept_posts k where k.tenant_id = p.tenant_id and k.post_id = coalesce(p.root_id, p.id)) as kept`

const from = sql`posts p left join content_blobs c on c.tenant_id = p.tenant_id and c.digest = p.content_digest`

/** Sort keys of the last one of the page before: pinned, time, id. */
export type PostKeys = readonly [string, string, string]

export async function findPost(tx: Tx, boardId: string, id: string): Promise<PostRow | undefined> {
  const { rows } = await sql<PostRow>`
    select ${fields} from ${from} where p.id = ${toBytes(id)} and p.board_id = ${toBytes(boardId)}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function listPostRows(
  tx: Tx,
  boardId: string,
  page: {
    readonly sort: 'newest' | 'active'
    readonly hidden: boolean
    readonly after: PostKeys | undefined
    readonly limit: number
  },
): Promise<(PostRow & { key: string })[]> {
  const [pinned = null, at = null, id = null] = page.after ?? []
  const time = page.sort === 'newest' ? sql`p.created_at` : sql`p.last_active_at`
  const { rows } = await sql<PostRow & { key: string }>`
    select ${fields}, ${time}::text as key from ${from}
    where p.board_id = ${toBytes(boardId)} and p.root_id is null and not p.deleted and (${page.hidden} or p.hidden_by is null)
      and (${at}::timestamptz is null
        or (p.pinned, ${time}, p.id) < (${pinned}::boolean, ${at}::timestamptz, ${id === null ? null : toBytes(id)}::bytea))
    order by p.pinned desc, ${time} desc, p.id desc limit ${page.limit}`.execute(tx.db)
  return rows
}

/** Comments of a post, the oldest first. */
export async function listCommentRows(
  tx: Tx,
  postId: string,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<(PostRow & { key: string })[]> {
  const [at = null, id = null] = page.after ?? []
  const { rows } = await sql<PostRow & { key: string }>`
    select ${fields}, p.created_at::text as key from ${from}
    where p.root_id = ${toBytes(postId)}
      and (${at}::timestamptz is null or (p.created_at, p.id) > (${at}::timestamptz, ${id === null ? null : toBytes(id)}::bytea))
    order by p.created_at, p.id limit ${page.limit}`.execute(tx.db)
  return rows
}

/** Posts of an author on all boards, the newest first; hidden ones left out. */
export async function listAuthorRows(
  tx: Tx,
  authorId: string,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<(PostRow & { key: string })[]> {
  const [at = null, id = null] = page.after ?? []
  const { rows } = await sql<PostRow & { key: string }>`
    select ${fields}, p.created_at::text as key from ${from}
    where p.author_id = ${toBytes(authorId)} and p.root_id is null and not p.deleted and p.hidden_by is null
      and (${at}::timestamptz is null or (p.created_at, p.id) < (${at}::timestamptz, ${id === null ? null : toBytes(id)}::bytea))
    order by p.created_at desc, p.id desc limit ${page.limit}`.execute(tx.db)
  return rows
}

export async function authorCounts(
  tx: Tx,
  authorId: string,
): Promise<{ posts: number; comments: number; first_at: Date | null }> {
  const { rows } = await sql<{ posts: number; comments: number; first_at: Date | null }>`
    select (count(*) filter (where root_id is null))::integer as posts,
      (count(*) filter (where root_id is not null))::integer as comments, min(created_at) as first_at
    from posts where author_id = ${toBytes(authorId)} and not deleted`.execute(tx.db)
  return rows[0] as { posts: number; comments: number; first_at: Date | null }
}

/** Writes how these posts and comments are seen now. */
export async function putItems(
  tx: Tx,
  tenantId: string,
  boardId: string,
  items: readonly ItemView[],
): Promise<void> {
  if (items.length === 0) return
  const list = items.map((one) => ({
    id: one.id,
    root: one.root,
    parent: one.parent,
    author: one.author,
    title: one.title,
    digest: one.content.digest,
    size: one.content.size,
    type: one.content.type,
    media: one.media,
    edited: one.editedAt,
    deleted: one.deleted,
    by: one.hidden?.by ?? null,
    reason: one.hidden?.reason ?? null,
    locked: one.locked,
    pinned: one.pinned,
    at: one.createdAt,
  }))
  await sql`
    insert into posts as p (tenant_id, id, board_id, root_id, parent_id, author_id, title, content_digest, content_size,
      content_type, media, edited_at, deleted, hidden_by, hidden_reason, locked, pinned, last_active_at, created_at)
    select ${tenantId}::uuid, decode(id, 'hex'), ${toBytes(boardId)}::bytea, decode(root, 'hex'), decode(parent, 'hex'), decode(author, 'hex'),
      case when deleted then '' else title end, decode(digest, 'hex'), size, type,
      case when deleted then '[]'::jsonb else media end, to_timestamp(edited / 1000.0), deleted, decode("by", 'hex'), reason,
      locked, pinned, to_timestamp(at / 1000.0), to_timestamp(at / 1000.0)
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as u(id text, root text, parent text, author text, title text,
      digest text, size bigint, type text, media jsonb, edited float8, deleted boolean, "by" text, reason text, locked boolean,
      pinned boolean, at float8)
    on conflict (tenant_id, id) do update set title = excluded.title, content_digest = excluded.content_digest,
      content_size = excluded.content_size, content_type = excluded.content_type, media = excluded.media,
      edited_at = excluded.edited_at, deleted = excluded.deleted, hidden_by = excluded.hidden_by,
      hidden_reason = excluded.hidden_reason, locked = excluded.locked, pinned = excluded.pinned`.execute(
    tx.db,
  )
}

/** Of posts and comments that do not count any more. */
export async function removeItems(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from posts where id = any(${allBytes(ids)}::bytea[])`.execute(tx.db)
}

/** Counts the comments of these posts anew; rows that say so already are left alone. */
export async function countComments(tx: Tx, rootIds: readonly string[]): Promise<void> {
  if (rootIds.length === 0) return
  await sql`
    update posts p set comment_count = counted.comments, last_active_at = greatest(p.created_at, counted.last_at)
    from (
      select r.id, (count(c.id) filter (where not c.deleted and c.hidden_by is null))::integer as comments,
        max(c.created_at) filter (where not c.deleted and c.hidden_by is null) as last_at
      from unnest(${allBytes(rootIds)}::bytea[]) as r(id) left join posts c on c.root_id = r.id
      group by r.id) as counted
    where p.id = counted.id and (p.comment_count, p.last_active_at)
      is distinct from (counted.comments, greatest(p.created_at, counted.last_at))`.execute(tx.db)
}
