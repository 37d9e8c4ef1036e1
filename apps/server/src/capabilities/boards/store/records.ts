import type { ReadRecord } from '@stoa/records'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

export interface StoredRecord {
  seq: number
  bytes: Buffer
}

/** Records of one board after a place, in the order in which they came. */
export async function recordsAfter(
  tx: Tx,
  boardId: string,
  seq: number,
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await sql<StoredRecord>`
    select seq, bytes from board_records where board_id = ${toBytes(boardId)} and seq > ${seq} order by seq limit ${limit}`.execute(
    tx.db,
  )
  return rows
}

/** Which of these are here. */
export async function recordsHere(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select encode(id, 'hex') as id from board_records where id = any(${allBytes(ids)}::bytea[])`.execute(
    tx.db,
  )
  return new Set(rows.map((row) => row.id))
}

/** The next numbers of the tenant's records; locks them until the end of the transaction. Gives the first one. */
export async function takeNumbers(tx: Tx, tenantId: string, count: number): Promise<number> {
  const { rows } = await sql<{ last_seq: number }>`
    insert into board_index (tenant_id, last_seq) values (${tenantId}, ${count})
    on conflict (tenant_id) do update set last_seq = board_index.last_seq + ${count} returning last_seq`.execute(
    tx.db,
  )
  return (rows[0]?.last_seq ?? count) - count + 1
}

export async function insertRecords(
  tx: Tx,
  tenantId: string,
  boardId: string,
  records: readonly ReadRecord[],
  from: { readonly firstSeq: number; readonly peerId: string | null; readonly receivedAt: Date },
): Promise<void> {
  await sql`
    insert into board_records (tenant_id, id, board_id, seq, kind, author_id, created_at, received_at, peer_id, bytes)
    select ${tenantId}::uuid, id, ${toBytes(boardId)}::bytea, ${from.firstSeq}::bigint + n - 1, kind, author_id,
      to_timestamp(created_ms / 1000.0), ${from.receivedAt}::timestamptz, ${from.peerId}::text, bytes
    from unnest(${allBytes(records.map(({ id }) => id))}::bytea[], ${records.map(({ record }) => record.kind)}::text[],
      ${allBytes(records.map(({ record }) => record.author))}::bytea[],
      ${records.map(({ record }) => record.createdAt)}::float8[],
      ${records.map(({ bytes }) => Buffer.from(bytes))}::bytea[])
      with ordinality as u(id, kind, author_id, created_ms, bytes, n)`.execute(tx.db)
}

/** How often an author changed keys on a board. */
export async function rotationsOn(tx: Tx, boardId: string, authorId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from board_records
    where board_id = ${toBytes(boardId)} and author_id = ${toBytes(authorId)} and kind = 'rotate'`.execute(
    tx.db,
  )
  return rows[0]?.count ?? 0
}

/** Boards that an author has written on. */
export async function boardsOf(tx: Tx, authorId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct encode(board_id, 'hex') as id from board_records where author_id = ${toBytes(authorId)} order by 1`.execute(
    tx.db,
  )
  return rows.map((row) => row.id)
}

/** What moderators did, the newest first. */
export async function moderationRecords(
  tx: Tx,
  boardId: string,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<{ id: string; key: string; bytes: Buffer }[]> {
  const [at = null, id = null] = page.after ?? []
  const { rows } = await sql<{ id: string; key: string; bytes: Buffer }>`
    select encode(r.id, 'hex') as id, r.created_at::text as key, r.bytes from board_records r
    where r.board_id = ${toBytes(boardId)} and r.kind in ('hide', 'restore', 'lock', 'pin', 'ban', 'grant', 'revoke')
      and (${at}::timestamptz is null or (r.created_at, r.id) < (${at}::timestamptz, ${id === null ? null : toBytes(id)}::bytea))
    order by r.created_at desc, r.id desc limit ${page.limit}`.execute(tx.db)
  return rows
}
