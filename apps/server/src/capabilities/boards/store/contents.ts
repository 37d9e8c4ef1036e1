import type { ContentRef } from '@stoa/records'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'
import { pinKept, unpinUnnamed } from './kept.ts'

/** A content and where its bytes lie; the digest in hexadecimal. */
export interface ContentRow {
  digest: string
  size: number
  media_type: string
  /** Small texts, and manifests of content above 1 MiB. */
  bytes: Buffer | null
  in_storage: boolean
  whole: boolean
  authored: boolean
  pinned: boolean
  public: boolean
  dropped: boolean
}

const fields = sql`encode(c.digest, 'hex') as digest, c.size, c.media_type, c.bytes, c.in_storage, c.whole, c.authored, c.pinned,
  c.public, c.dropped`

export interface Named {
  readonly content: ContentRef
  readonly postId: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Content that posts of a board name from now on; the bytes may be here or not. */
export async function nameContents(
  tx: Tx,
  tenantId: string,
  boardId: string,
  named: readonly Named[],
): Promise<void> {
  if (named.length === 0) return
  const list = JSON.stringify(named.map(({ content, postId, at }) => ({ ...content, post: postId, at })))
  const rows = sql`jsonb_to_recordset(${list}::jsonb) as u(digest text, size bigint, type text, post text, at float8)`
  await sql`
    insert into content_blobs as c (tenant_id, digest, size, media_type, public, named_at, used_at)
    select distinct on (1, 2) ${tenantId}::uuid, decode(u.digest, 'hex'), u.size, u.type,
      (select b.reach = 'public' from boards b where b.id = ${toBytes(boardId)}), to_timestamp(u.at / 1000.0), now()
    from ${rows} order by 1, 2, u.at desc
    on conflict (tenant_id, digest) do update set named_at = greatest(c.named_at, excluded.named_at),
      public = c.public or excluded.public, dropped = false`.execute(tx.db)
  await sql`
    insert into content_names (tenant_id, digest, post_id, board_id)
    select distinct ${tenantId}::uuid, decode(u.digest, 'hex'), decode(u.post, 'hex'), ${toBytes(boardId)}::bytea from ${rows}
    on conflict do nothing`.execute(tx.db)
  await pinKept(
    tx,
    named.map(({ postId }) => postId),
  )
}

/** Forgets what these posts named, but for what they name now. What nobody names any more is dropped. */
export async function unnameContents(
  tx: Tx,
  postIds: readonly string[],
  kept: readonly { readonly postId: string; readonly digest: string }[],
): Promise<void> {
  if (postIds.length === 0) return
  const { rows } = await sql<{ digest: Buffer }>`
    delete from content_names n where n.post_id = any(${allBytes(postIds)}::bytea[]) and not exists (
      select from unnest(${allBytes(kept.map((one) => one.postId))}::bytea[],
        ${allBytes(kept.map((one) => one.digest))}::bytea[]) as k(post_id, digest)
      where k.post_id = n.post_id and k.digest = n.digest)
    returning n.digest`.execute(tx.db)
  if (rows.length === 0) return
  const digests = rows.map((row) => row.digest)
  await unpinUnnamed(tx, digests)
  await sql`
    update content_blobs c set dropped = true where c.digest = any(${digests}::bytea[])
      and not exists (select from content_names n where n.tenant_id = c.tenant_id and n.digest = c.digest)`.execute(
    tx.db,
  )
}

/** Makes what a board names readable for nodes that are no members, or takes that back. */
export async function setPublicContents(tx: Tx, boardId: string): Promise<void> {
  await sql`
    update content_blobs c set public = exists (
      select from content_names n join boards b on b.tenant_id = n.tenant_id and b.id = n.board_id
      where n.tenant_id = c.tenant_id and n.digest = c.digest and b.reach = 'public')
    where c.digest in (select digest from content_names where board_id = ${toBytes(boardId)})`.execute(tx.db)
}

export async function findContent(tx: Tx, digest: string): Promise<ContentRow | undefined> {
  const { rows } = await sql<ContentRow>`
    select ${fields} from content_blobs c where c.digest = ${toBytes(digest)}`.execute(tx.db)
  return rows[0]
}

export async function findContents(
  tx: Tx,
  digests: readonly string[],
): Promise<ReadonlyMap<string, ContentRow>> {
  if (digests.length === 0) return new Map()
  const { rows } = await sql<ContentRow>`
    select ${fields} from content_blobs c where c.digest = any(${allBytes(digests)}::bytea[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.digest, row]))
}

export interface ContentUse {
  digest: string
  whole: boolean
  /** Absent where nothing names it any more. */
  use: { board_id: string; post_id: string; title: string; part: 'post' | 'comment' | 'image' } | null
}

/** What contents are of: for each, the newest post or comment that names it, and the post where that stands. */
export async function usesOf(tx: Tx, digests: readonly string[]): Promise<ReadonlyMap<string, ContentUse>> {
  if (digests.length === 0) return new Map()
  const { rows } = await sql<ContentUse>`
    select encode(c.digest, 'hex') as digest, c.whole, u.use from content_blobs c left join lateral (
      select jsonb_build_object('board_id', encode(p.board_id, 'hex'), 'post_id', encode(root.id, 'hex'), 'title', root.title,
        'part', case when p.content_digest <> c.digest then 'image' when p.root_id is null then 'post' else 'comment' end) as use
      from content_names n join posts p on p.tenant_id = n.tenant_id and p.id = n.post_id
        join posts root on root.tenant_id = p.tenant_id and root.id = coalesce(p.root_id, p.id)
      where n.tenant_id = c.tenant_id and n.digest = c.digest and not p.deleted and not root.deleted
      order by p.created_at desc, p.id desc limit 1) as u on true
    where c.digest = any(${allBytes(digests)}::bytea[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.digest, row]))
}

/** A small content with its bytes, written here or fetched. */
export async function putInline(
  tx: Tx,
  tenantId: string,
  content: ContentRef,
  bytes: Uint8Array,
  { authored, at }: { readonly authored: boolean; readonly at: Date },
): Promise<void> {
  await sql`
    insert into content_blobs as c (tenant_id, digest, size, media_type, bytes, whole, authored, named_at, used_at)
    values (${tenantId}, ${toBytes(content.digest)}, ${content.size}, ${content.type}, ${Buffer.from(bytes)}, true,
      ${authored}, ${at}, ${at})
    on conflict (tenant_id, digest) do update set bytes = excluded.bytes, whole = true, used_at = excluded.used_at,
      authored = c.authored or excluded.authored, evicted_at = null, dropped = false`.execute(tx.db)
}

/** A content whose bytes lie whole in blob storage; `manifest` of what is above 1 MiB. */
export async function putStored(
  tx: Tx,
  tenantId: string,
  content: ContentRef,
  manifest: Uint8Array | undefined,
  { authored, at }: { readonly authored: boolean; readonly at: Date },
): Promise<void> {
  const bytes = manifest === undefined ? null : Buffer.from(manifest)
  await sql`
    insert into content_blobs as c (tenant_id, digest, size, media_type, bytes, in_storage, whole, authored, named_at, used_at)
    values (${tenantId}, ${toBytes(content.digest)}, ${content.size}, ${content.type}, ${bytes}, true, true, ${authored},
      ${at}, ${at})
    on conflict (tenant_id, digest) do update set bytes = coalesce(excluded.bytes, c.bytes), in_storage = true, whole = true,
      used_at = excluded.used_at, authored = c.authored or excluded.authored, evicted_at = null, dropped = false`.execute(
    tx.db,
  )
}

/** Used now: coarse, so that reading is not writing. */
export async function touchContents(tx: Tx, digests: readonly string[], at: Date): Promise<void> {
  if (digests.length === 0) return
  await sql`
    update content_blobs set used_at = ${at} where digest = any(${allBytes(digests)}::bytea[]) and used_at < ${at}`.execute(
    tx.db,
  )
}

/** Content that was made here before a moment and that nobody ever named: its bytes go with the next tidying up. */
export async function dropUnnamed(tx: Tx, before: Date): Promise<void> {
  await sql`
    update content_blobs c set dropped = true where c.authored and not c.dropped and c.used_at < ${before}
      and not exists (select from content_names n where n.tenant_id = c.tenant_id and n.digest = c.digest)`.execute(
    tx.db,
  )
}

/** A file of content: the whole, or a chunk of it that came by itself. */
export interface FileOfContent {
  readonly key: string
  readonly digest: string
  readonly ordinal: number | null
}

/** Keys of those files that are in use. */
export async function namedFiles(tx: Tx, files: readonly FileOfContent[]): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set()
  const { rows } = await sql<{ key: string }>`
    select f.key from unnest(${files.map(({ key }) => key)}::text[], ${allBytes(files.map(({ digest }) => digest))}::bytea[],
      ${files.map(({ ordinal }) => ordinal)}::integer[]) as f(key, digest, ordinal)
    join content_blobs c on c.digest = f.digest
    where case when f.ordinal is null then c.in_storage else not c.dropped and exists (
      select from content_chunks k where k.tenant_id = c.tenant_id and k.digest = c.digest and k.ordinal = f.ordinal and k.held)
    end`.execute(tx.db)
  return new Set(rows.map((row) => row.key))
}
