import type { BoardStanding } from '@stoa/records'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'
import type { Standing } from '../rules.ts'

export type Reach = 'cluster' | 'public'
export type Policy = 'all' | 'recent' | 'on_demand' | 'pinned'

/** A board as its records fold into it; ids in hexadecimal. */
export interface BoardRow extends Standing {
  id: string
  reach: Reach
  reach_at: number
  policy: Policy | null
  accepted: number
  kept_out: Record<string, number>
  post_count: number
  last_seq: number
  last_id: string | null
  created_at: Date
  last_active_at: Date
}

const hexes = (column: RawBuilder<unknown>) =>
  sql`array(select encode(one, 'hex') from unnest(${column}) with ordinality as u(one, n) order by n)`

const fields = sql`encode(b.id, 'hex') as id, b.title, b.access, encode(b.owner_id, 'hex') as owner_id,
  ${hexes(sql`b.moderators`)} as moderators, ${hexes(sql`b.authors`)} as authors, ${hexes(sql`b.banned`)} as banned,
  b.reach, b.reach_at, b.policy, b.accepted, b.kept_out, b.post_count, b.last_seq, encode(b.last_id, 'hex') as last_id,
  b.created_at, b.last_active_at`

export async function findBoard(tx: Tx, id: string): Promise<BoardRow | undefined> {
  const { rows } = await sql<BoardRow>`select ${fields} from boards b where b.id = ${toBytes(id)}`.execute(
    tx.db,
  )
  return rows[0]
}

/** Locks the board until the end of the transaction. */
export async function lockBoard(tx: Tx, id: string): Promise<BoardRow | undefined> {
  const { rows } = await sql<BoardRow>`
    select ${fields} from boards b where b.id = ${toBytes(id)} for update`.execute(tx.db)
  return rows[0]
}

/** Makes room for a board whose records come; does nothing when it is there. */
export async function reserveBoard(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await sql`
    insert into boards (tenant_id, id, created_at, last_active_at) values (${tenantId}, ${toBytes(id)}, ${at}, ${at})
    on conflict do nothing`.execute(tx.db)
}

/** The last active first. `after`: the keys of the last board of the page before. */
export async function listBoardRows(
  tx: Tx,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<(BoardRow & { key: string })[]> {
  const [at = null, id = null] = page.after ?? []
  const { rows } = await sql<BoardRow & { key: string }>`
    select ${fields}, b.last_active_at::text as key from boards b
    where ${at}::timestamptz is null or (b.last_active_at, b.id) < (${at}::timestamptz, ${id === null ? null : toBytes(id)}::bytea)
    order by b.last_active_at desc, b.id desc limit ${page.limit}`.execute(tx.db)
  return rows
}

/** What the fold says now. */
export async function writeStanding(
  tx: Tx,
  id: string,
  standing: BoardStanding,
  last: { readonly seq: number; readonly id: string; readonly beganAt: Date | undefined },
): Promise<void> {
  const owner = standing.owner === null ? null : toBytes(standing.owner)
  await sql`
    update boards set title = ${standing.title}, access = ${standing.access}, owner_id = ${owner}::bytea,
      moderators = ${allBytes(standing.moderators)}::bytea[], authors = ${allBytes(standing.authors)}::bytea[],
      banned = ${allBytes(standing.banned)}::bytea[], accepted = ${standing.accepted},
      kept_out = ${JSON.stringify(standing.keptOut)}::jsonb, last_seq = ${last.seq}, last_id = ${toBytes(last.id)},
      created_at = coalesce(${last.beganAt ?? null}::timestamptz, created_at)
    where id = ${toBytes(id)}`.execute(tx.db)
}

/** Counts posts anew where some came or went. */
export async function countPosts(tx: Tx, id: string): Promise<void> {
  const board = toBytes(id)
  await sql`
    update boards set
      post_count = (select count(*) from posts p where p.board_id = ${board} and p.root_id is null and not p.deleted),
      last_active_at = coalesce((select max(p.last_active_at) from posts p
        where p.board_id = ${board} and p.root_id is null and not p.deleted), created_at)
    where id = ${board}`.execute(tx.db)
}

export async function setPolicy(tx: Tx, id: string, policy: Policy | null): Promise<void> {
  await sql`update boards set policy = ${policy} where id = ${toBytes(id)}`.execute(tx.db)
}

/** The later word holds; equal ones keep it closer. Answers whether it changed. */
export async function setReach(tx: Tx, id: string, reach: Reach, at: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update boards set reach = ${reach}, reach_at = ${at}
    where id = ${toBytes(id)} and (reach_at < ${at} or (reach_at = ${at} and reach = 'public' and ${reach} = 'cluster'))`.execute(
    tx.db,
  )
  return (numAffectedRows ?? 0n) > 0n
}

/** Boards whose reach somebody has set: what nodes of a cluster tell each other. */
export async function reachesSet(
  tx: Tx,
  limit: number,
): Promise<{ id: string; reach: Reach; reach_at: number }[]> {
  const { rows } = await sql<{ id: string; reach: Reach; reach_at: number }>`
    select encode(id, 'hex') as id, reach, reach_at from boards where reach_at > 0 order by reach_at desc limit ${limit}`.execute(
    tx.db,
  )
  return rows
}
