/** What the content plane asks of the database. */
import { sql } from 'kysely'
import type { Database, Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'
import type { Policy } from './boards.ts'

const FIRST = '00000000-0000-0000-0000-000000000000'

/** The organisation that was founded first on this node. */
export async function firstTenant({ pool }: Database): Promise<string | undefined> {
  const { rows } = await sql<{ tenant_id: string }>`
    select tenant_id from stoa.tenants_after(${FIRST}, 1)`.execute(pool)
  return rows[0]?.tenant_id
}

export interface IndexedId {
  id: Buffer
  /** Of `created_at`, whole seconds since 1970. */
  seconds: number
  seq: number
}

const indexed = sql`r.id, floor(extract(epoch from r.created_at))::bigint as seconds, r.seq`

/** Records after a number, in the order in which they came. */
export async function idsAfter(tx: Tx, seq: number, limit: number): Promise<IndexedId[]> {
  const { rows } = await sql<IndexedId>`
    select ${indexed} from board_records r where r.seq > ${seq} order by r.seq limit ${limit}`.execute(tx.db)
  return rows
}

/** The same, of boards that anybody may read. */
export async function publicIdsAfter(tx: Tx, seq: number, limit: number): Promise<IndexedId[]> {
  const { rows } = await sql<IndexedId>`
    select ${indexed} from board_records r join boards b on b.tenant_id = r.tenant_id and b.id = r.board_id
    where r.seq > ${seq} and b.reach = 'public' order by r.seq limit ${limit}`.execute(tx.db)
  return rows
}

export async function recordBytes(tx: Tx, ids: readonly string[], onlyPublic: boolean): Promise<Buffer[]> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select r.bytes from unnest(${allBytes(ids)}::bytea[]) with ordinality as w(id, n)
      join board_records r on r.id = w.id join boards b on b.tenant_id = r.tenant_id and b.id = r.board_id
    where not ${onlyPublic} or b.reach = 'public' order by w.n`.execute(tx.db)
  return rows.map((row) => row.bytes)
}

export interface HeldBlob {
  digest: string
  /** Of the content that it is, or is a part of. */
  content: string
  bytes: Buffer | null
  in_storage: boolean
  /** Of a chunk: which one, and whether it lies by itself. */
  ordinal: number | null
  chunk_held: boolean
}

/** A blob by its hash: a content, a manifest or a chunk that is here. */
export async function findBlob(tx: Tx, digest: string, onlyPublic: boolean): Promise<HeldBlob | undefined> {
  const wanted = toBytes(digest)
  const { rows } = await sql<HeldBlob>`
    select encode(c.digest, 'hex') as digest, encode(c.digest, 'hex') as content, c.bytes, c.in_storage, null::integer as ordinal,
      false as chunk_held
    from content_blobs c where c.digest = ${wanted} and (c.bytes is not null or c.in_storage) and not c.dropped
      and (c.public or not ${onlyPublic})
    union all
    select encode(k.chunk_digest, 'hex'), encode(c.digest, 'hex'), null, c.in_storage, k.ordinal, k.held
    from content_chunks k join content_blobs c on c.tenant_id = k.tenant_id and c.digest = k.digest
    where k.chunk_digest = ${wanted} and (k.held or c.in_storage) and not c.dropped and (c.public or not ${onlyPublic})
    limit 1`.execute(tx.db)
  return rows[0]
}

export async function wholeOnes(tx: Tx, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return []
  const { rows } = await sql<{ digest: string }>`
    select encode(digest, 'hex') as digest from content_blobs
    where digest = any(${allBytes(digests)}::bytea[]) and whole`.execute(tx.db)
  return rows.map((row) => row.digest)
}

/** Content that its author took back, or that is not named at all, is not to be kept. */
export async function isNamed(tx: Tx, digest: string): Promise<boolean> {
  const { rows } =
    await sql`select from content_blobs where digest = ${toBytes(digest)} and not dropped`.execute(tx.db)
  return rows.length > 0
}

export async function insertManifest(
  tx: Tx,
  tenantId: string,
  digest: string,
  bytes: Uint8Array,
  chunks: readonly string[],
): Promise<void> {
  await sql`update content_blobs set bytes = ${Buffer.from(bytes)} where digest = ${toBytes(digest)}`.execute(
    tx.db,
  )
  await sql`
    insert into content_chunks (tenant_id, digest, ordinal, chunk_digest)
    select ${tenantId}::uuid, ${toBytes(digest)}::bytea, n - 1, chunk
    from unnest(${allBytes(chunks)}::bytea[]) with ordinality as u(chunk, n)
    on conflict do nothing`.execute(tx.db)
}

export async function missingChunkRows(
  tx: Tx,
  digest: string,
): Promise<{ ordinal: number; digest: string }[]> {
  const { rows } = await sql<{ ordinal: number; digest: string }>`
    select ordinal, encode(chunk_digest, 'hex') as digest from content_chunks
    where digest = ${toBytes(digest)} and not held order by ordinal`.execute(tx.db)
  return rows
}

export async function countChunks(tx: Tx, digest: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from content_chunks where digest = ${toBytes(digest)}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

export async function markChunk(tx: Tx, digest: string, ordinal: number): Promise<void> {
  await sql`
    update content_chunks set held = true where digest = ${toBytes(digest)} and ordinal = ${ordinal}`.execute(
    tx.db,
  )
}

/** Chunks lie in the whole from now on, or nowhere. */
export async function unmarkChunks(tx: Tx, digest: string): Promise<void> {
  await sql`update content_chunks set held = false where digest = ${toBytes(digest)} and held`.execute(tx.db)
}

export interface WantedRow {
  digest: string
  size: number
  media_type: string
  key: string
}

/** What this node fetches by itself, where a board does not say; what is recent. */
export interface WantedPolicy {
  readonly standard: Policy
  readonly recentAfter: Date
}

const wanted = (policy: WantedPolicy) => sql`not c.whole and not c.dropped and c.evicted_at is null
  and (c.pinned or exists (
    select from content_names n join boards b on b.tenant_id = n.tenant_id and b.id = n.board_id
    where n.tenant_id = c.tenant_id and n.digest = c.digest and case coalesce(b.policy, ${policy.standard})
      when 'all' then true when 'recent' then c.named_at > ${policy.recentAfter} else false end))`

export async function countWanted(tx: Tx, policy: WantedPolicy): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from content_blobs c where ${wanted(policy)}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** Missing content that the policy of a board that names it asks for, the newest first. */
export async function wantedRows(
  tx: Tx,
  policy: WantedPolicy,
  after: { readonly key: string; readonly digest: string } | undefined,
  limit: number,
): Promise<WantedRow[]> {
  const digest = after ? toBytes(after.digest) : null
  const { rows } = await sql<WantedRow>`
    select encode(c.digest, 'hex') as digest, c.size, c.media_type, c.named_at::text as key from content_blobs c
    where ${wanted(policy)}
      and (${after?.key ?? null}::timestamptz is null or (c.named_at, c.digest) < (${after?.key ?? null}::timestamptz, ${digest}::bytea))
    order by c.named_at desc, c.digest desc limit ${limit}`.execute(tx.db)
  return rows
}

export interface ContentCounts {
  present: number
  missing: number
  bytes: number
  authored_bytes: number
  pinned_bytes: number
}

export async function countContents(tx: Tx): Promise<ContentCounts> {
  const { rows } = await sql<ContentCounts>`
    select (count(*) filter (where whole))::integer as present,
      (count(*) filter (where not whole and not dropped))::integer as missing,
      coalesce(sum(size) filter (where whole), 0)::bigint as bytes,
      coalesce(sum(size) filter (where whole and authored), 0)::bigint as authored_bytes,
      coalesce(sum(size) filter (where whole and pinned), 0)::bigint as pinned_bytes
    from content_blobs`.execute(tx.db)
  return rows[0] as ContentCounts
}

export async function countRecords(tx: Tx): Promise<{ records: number; kept_out: number }> {
  const { rows } = await sql<{ records: number; kept_out: number }>`
    select coalesce(sum(accepted), 0)::integer + coalesce(sum(k.out), 0)::integer as records,
      coalesce(sum(k.out), 0)::integer as kept_out
    from boards b cross join lateral (
      select coalesce(sum(value::integer), 0) as out from jsonb_each_text(b.kept_out)) as k`.execute(tx.db)
  return rows[0] as { records: number; kept_out: number }
}

/** A content whose bytes are given up, and whether they lie in blob storage. */
export interface GivenUp {
  digest: string
  size: number
  in_storage: boolean
}

/** Forgets the bytes of what was used longest ago, and of what nobody names; never of what was written here or is pinned. */
export async function evictRows(
  tx: Tx,
  { bytes, at, limit }: { readonly bytes: number; readonly at: Date; readonly limit: number },
): Promise<GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    with oldest as (
      select c.tenant_id, c.digest, c.size, c.in_storage, sum(c.size) over (order by c.used_at, c.digest) - c.size as before
      from (select * from content_blobs where whole and not authored and not pinned
        order by used_at, digest limit ${limit}) as c)
    update content_blobs c set whole = false, bytes = null, in_storage = false, evicted_at = ${at}
    from oldest o where c.tenant_id = o.tenant_id and c.digest = o.digest and o.before < ${bytes} and not c.pinned
    returning encode(c.digest, 'hex') as digest, c.size, o.in_storage`.execute(tx.db)
  return rows
}

/** Forgets the bytes of what was last used before a moment and is only named by boards of which nothing but kept posts is held. */
export async function forgetRows(
  tx: Tx,
  { standard, before, at, limit }: { standard: Policy; before: Date; at: Date; limit: number },
): Promise<GivenUp[]> {
  const held = sql`coalesce(b.policy, ${standard})`
  const { rows } = await sql<GivenUp>`
    with unused as (
      select tenant_id, digest, in_storage from content_blobs u
      where whole and not authored and not pinned and used_at < ${before}
        and exists (select from boards b where ${held} = 'pinned')
        and not exists (select from content_names n join boards b on b.tenant_id = n.tenant_id and b.id = n.board_id
          where n.tenant_id = u.tenant_id and n.digest = u.digest and ${held} <> 'pinned')
      order by used_at, digest limit ${limit})
    update content_blobs c set whole = false, bytes = null, in_storage = false, evicted_at = ${at}
    from unused u where c.tenant_id = u.tenant_id and c.digest = u.digest and not c.pinned
    returning encode(c.digest, 'hex') as digest, c.size, u.in_storage`.execute(tx.db)
  return rows
}

/** Forgets the bytes of what was taken back; chunks of it that came by themselves are left to the sweep. */
export async function dropRows(tx: Tx, limit: number): Promise<{ digest: string; in_storage: boolean }[]> {
  const { rows } = await sql<{ digest: string; in_storage: boolean }>`
    with gone as (
      select tenant_id, digest, in_storage from content_blobs
      where dropped and (bytes is not null or in_storage) limit ${limit} for update skip locked),
    parts as (
      update content_chunks k set held = false from gone g where k.tenant_id = g.tenant_id and k.digest = g.digest and k.held)
    update content_blobs c set whole = false, bytes = null, in_storage = false
    from gone g where c.tenant_id = g.tenant_id and c.digest = g.digest
    returning encode(c.digest, 'hex') as digest, g.in_storage`.execute(tx.db)
  return rows
}

/** The bytes are not where they should be: they are to be fetched again. */
export async function markLost(tx: Tx, digest: string): Promise<void> {
  await sql`
    update content_blobs set whole = false, bytes = null, in_storage = false, evicted_at = null
    where digest = ${toBytes(digest)}`.execute(tx.db)
}

export async function putPeer(
  tx: Tx,
  tenantId: string,
  peer: {
    readonly id: string
    readonly author: string | null
    readonly inStepAt: Date | null
    readonly at: Date
  },
): Promise<void> {
  const author = peer.author === null ? null : toBytes(peer.author)
  await sql`
    insert into board_peers as p (tenant_id, peer_id, node_author, in_step_at, seen_at)
    values (${tenantId}, ${peer.id}, ${author}::bytea, ${peer.inStepAt}, ${peer.at})
    on conflict (tenant_id, peer_id) do update set node_author = coalesce(excluded.node_author, p.node_author),
      in_step_at = coalesce(excluded.in_step_at, p.in_step_at), seen_at = excluded.seen_at`.execute(tx.db)
}

export async function peersInStep(tx: Tx): Promise<{ peer_id: string; in_step_at: Date }[]> {
  const { rows } = await sql<{ peer_id: string; in_step_at: Date }>`
    select peer_id, in_step_at from board_peers where in_step_at is not null`.execute(tx.db)
  return rows
}

export async function readBlocks(tx: Tx): Promise<{ key: number; bytes: Buffer }[]> {
  const { rows } = await sql<{ key: number; bytes: Buffer }>`
    select key, bytes from reconcile_blocks where scope = 'members'`.execute(tx.db)
  return rows
}

export async function writeBlocks(
  tx: Tx,
  tenantId: string,
  put: readonly { readonly key: number; readonly bytes: Uint8Array }[],
  remove: readonly number[],
): Promise<void> {
  if (remove.length > 0)
    await sql`delete from reconcile_blocks where scope = 'members' and key = any(${[...remove]}::bigint[])`.execute(
      tx.db,
    )
  await sql`
    insert into reconcile_blocks (tenant_id, scope, key, bytes)
    select ${tenantId}::uuid, 'members', key, bytes
    from unnest(${put.map(({ key }) => key)}::bigint[], ${put.map(({ bytes }) => Buffer.from(bytes))}::bytea[]) as u(key, bytes)
    on conflict (tenant_id, scope, key) do update set bytes = excluded.bytes`.execute(tx.db)
}
