import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { EVERYONE, type RoomRole } from '../rules.ts'

/** A room as one account sees it. */
export interface RoomRow {
  id: string
  kind: 'room' | 'direct'
  workspace_id: string | null
  parent_id: string | null
  book_id: string | null
  name: string
  topic: string | null
  visibility: 'open' | 'private'
  posting: 'everyone' | 'moderators'
  first_id: string | null
  second_id: string | null
  last_sequence: number
  last_revision: number
  last_message_at: Date | null
  version: number
  archived_at: Date | null
  created_by: string
  created_at: Date
  updated_at: Date
  /** The account's own membership; nulls when it has not joined. */
  role: RoomRole | null
  notifications: 'all' | 'mentions' | 'none' | null
  pinned: boolean | null
  read_sequence: number | null
  delivered_sequence: number | null
  joined_at: Date | null
}

/** With what is counted for a list. */
export interface CountedRoomRow extends RoomRow {
  member_count: number
  unread_count: number
  mention_count: number
  last_id: string | null
  last_author: string | null
  last_body: string | null
  last_at: Date | null
  last_place: number | null
}

const MOST = 100

const fields = sql`r.id, r.kind, r.workspace_id, r.parent_id, r.book_id, r.name, r.topic, r.visibility, r.posting, r.first_id,
  r.second_id, r.last_sequence, r.last_revision, r.last_message_at, r.version, r.archived_at, r.created_by, r.created_at,
  r.updated_at, m.role, m.notifications, m.pinned, m.read_sequence, m.delivered_sequence, m.joined_at`

const own = (accountId: string): RawBuilder<unknown> => sql`
  left join room_members m on m.tenant_id = r.tenant_id and m.room_id = r.id and m.account_id = ${accountId}`

/** Messages of others after the read marker, removed ones left out; counted to 100. */
const unread = (accountId: string): RawBuilder<unknown> => sql`
  case when m.role is null or m.read_sequence >= r.last_sequence then 0 else (
    select count(*)::integer from (
      select from messages x where x.tenant_id = r.tenant_id and x.room_id = r.id and x.sequence > m.read_sequence
        and x.account_id <> ${accountId} and x.deleted_at is null limit ${MOST}) as first_ones) end`

const mentioned = (accountId: string): RawBuilder<unknown> => sql`
  case when m.role is null or m.read_sequence >= r.last_sequence then 0 else (
    select count(distinct x.sequence)::integer from message_mentions x
    where x.tenant_id = r.tenant_id and x.account_id in (${accountId}, ${EVERYONE}) and x.room_id = r.id
      and x.sequence > m.read_sequence and x.author_id <> ${accountId}) end`

const counted = (accountId: string): RawBuilder<unknown> => sql`${fields},
  (select count(*)::integer from room_members x where x.tenant_id = r.tenant_id and x.room_id = r.id) as member_count,
  ${unread(accountId)} as unread_count, least(${mentioned(accountId)}, ${MOST}) as mention_count,
  l.id as last_id, l.account_id as last_author, l.body as last_body, l.created_at as last_at, l.sequence as last_place`

const lastMessage = sql`
  left join lateral (
    select x.id, x.account_id, left(x.body, 400) as body, x.created_at, x.sequence from messages x
    where x.tenant_id = r.tenant_id and x.room_id = r.id and x.sequence > r.last_sequence - 20 and x.deleted_at is null
    order by x.sequence desc limit 1) l on true`

/** One room that the account may read. */
export async function findRoom(tx: Tx, accountId: string, roomId: string): Promise<RoomRow | undefined> {
  const { rows } = await sql<RoomRow>`
    select ${fields} from rooms r ${own(accountId)}
    where r.id = ${roomId} and r.id = any (array(select v from stoa.visible_rooms() v where v = ${roomId}))`.execute(
    tx.db,
  )
  return rows[0]
}

export async function findCountedRoom(
  tx: Tx,
  accountId: string,
  roomId: string,
): Promise<CountedRoomRow | undefined> {
  const { rows } = await sql<CountedRoomRow>`
    select ${counted(accountId)} from rooms r ${own(accountId)} ${lastMessage}
    where r.id = ${roomId} and r.id = any (array(select v from stoa.visible_rooms() v where v = ${roomId}))`.execute(
    tx.db,
  )
  return rows[0]
}

export interface RoomFilter {
  readonly workspaceId?: string | undefined
  readonly bookId?: string | undefined
  readonly joined?: boolean | undefined
  readonly archived: boolean
}

/** Sort keys of the last room of the page before: when something happened last, and the id. */
export type RoomKeys = readonly [string, string]

/** What happened last first; conversations nobody has said anything in yet by when they were opened. */
export async function listRooms(
  tx: Tx,
  accountId: string,
  filter: RoomFilter,
  page: { readonly after: RoomKeys | undefined; readonly limit: number },
): Promise<(CountedRoomRow & { key: string })[]> {
  const { workspaceId = null, bookId = null, joined = null } = filter
  const [at = null, id = null] = page.after ?? []
  const { rows } = await sql<CountedRoomRow & { key: string }>`
    with chosen as materialized (
      select r.tenant_id, r.id, coalesce(r.last_message_at, r.created_at) as at from rooms r ${own(accountId)}
      where r.id = any (array(select stoa.visible_rooms())) and (r.archived_at is not null) = ${filter.archived}
        and (${workspaceId}::uuid is null or r.workspace_id = ${workspaceId}::uuid)
        and (${bookId}::uuid is null or r.book_id = ${bookId}::uuid)
        and (${joined}::boolean is null or (m.role is not null) = ${joined}::boolean)
        and (${at}::timestamptz is null or (coalesce(r.last_message_at, r.created_at), r.id) < (${at}::timestamptz, ${id}::uuid))
      order by 3 desc, 2 desc limit ${page.limit}
    )
    select ${counted(accountId)}, c.at::text as key from chosen c join rooms r on r.tenant_id = c.tenant_id and r.id = c.id
    ${own(accountId)} ${lastMessage} order by c.at desc, c.id desc`.execute(tx.db)
  return rows
}

/** What waits in the rooms that were joined and are not archived. */
export async function unreadTotals(
  tx: Tx,
  accountId: string,
): Promise<{ rooms: number; messages: number; mentions: number }> {
  const { rows } = await sql<{ rooms: number; messages: number; mentions: number }>`
    with mine as (
      select case when m.notifications = 'none' then 0 else ${unread(accountId)} end as unread, ${mentioned(accountId)} as mentioned
      from rooms r join room_members m on m.tenant_id = r.tenant_id and m.room_id = r.id and m.account_id = ${accountId}
      where r.id = any (array(select stoa.visible_rooms())) and r.archived_at is null and m.read_sequence < r.last_sequence
    )
    select (count(*) filter (where unread > 0 or mentioned > 0))::integer as rooms, coalesce(sum(unread), 0)::integer as messages,
      coalesce(sum(mentioned), 0)::integer as mentions from mine`.execute(tx.db)
  return rows[0] as { rooms: number; messages: number; mentions: number }
}

export interface NewRoom {
  readonly id: string
  readonly kind: 'room' | 'direct'
  readonly workspace_id: string | null
  readonly parent_id: string | null
  readonly book_id: string | null
  readonly name: string
  readonly topic: string | null
  readonly visibility: 'open' | 'private'
  readonly pair: readonly [string, string] | undefined
  readonly created_by: string
  readonly created_at: Date
}

/** `false` when the id is taken, or the conversation of the pair is there. */
export async function insertRoom(tx: Tx, tenantId: string, room: NewRoom): Promise<boolean> {
  const [first = null, second = null] = room.pair ?? []
  const { numAffectedRows } = await sql`
    insert into rooms (tenant_id, id, kind, workspace_id, parent_id, book_id, name, topic, visibility, first_id, second_id,
      created_by, created_at, updated_at)
    values (${tenantId}, ${room.id}, ${room.kind}, ${room.workspace_id}, ${room.parent_id}, ${room.book_id}, ${room.name},
      ${room.topic}, ${room.visibility}, ${first}, ${second}, ${room.created_by}, ${room.created_at}, ${room.created_at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function directRoomOf(
  tx: Tx,
  [first, second]: readonly [string, string],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from rooms where kind = 'direct' and first_id = ${first} and second_id = ${second}`.execute(
    tx.db,
  )
  return rows[0]?.id
}

export interface RoomChanges {
  readonly name?: string | undefined
  readonly topic?: string | null | undefined
  readonly visibility?: 'open' | 'private' | undefined
  readonly posting?: 'everyone' | 'moderators' | undefined
  readonly book_id?: string | null | undefined
  readonly archived_at?: Date | null | undefined
}

/** Only when the room still has this version. Answers whether it was changed. */
export async function updateRoomRow(
  tx: Tx,
  roomId: string,
  changes: RoomChanges,
  version: number,
): Promise<boolean> {
  const set = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => sql`${sql.ref(field)} = ${value}`)
  const { numAffectedRows } = await sql`
    update rooms set ${sql.join([...set, sql`version = version + 1`, sql`updated_at = now()`])}
    where id = ${roomId} and version = ${version}`.execute(tx.db)
  return numAffectedRows === 1n
}

/** Before a message of the room is locked for a change: everybody takes the two in this order, so nobody waits in a circle. */
export async function lockRoom(tx: Tx, roomId: string): Promise<void> {
  await sql`select from rooms where id = ${roomId} for no key update`.execute(tx.db)
}

export interface Allocated {
  /** Of the changes that were asked for the last. */
  readonly revision: number
  readonly archived: boolean
}

/** Numbers for changes of the room. Its row stays locked until the end of the transaction: what rolls back leaves no gap. */
export async function allocate(tx: Tx, roomId: string, revisions: number): Promise<Allocated> {
  const { rows } = await sql<Allocated>`
    update rooms set last_revision = last_revision + ${revisions} where id = ${roomId}
    returning last_revision as revision, archived_at is not null as archived`.execute(tx.db)
  return rows[0] as Allocated
}

/** Where these rooms belong; only for whoever decides afterwards what may be shown of them. */
export async function roomsById(
  tx: Tx,
  ids: readonly string[],
): Promise<Pick<RoomRow, 'id' | 'kind' | 'workspace_id' | 'visibility'>[]> {
  const { rows } = await sql<Pick<RoomRow, 'id' | 'kind' | 'workspace_id' | 'visibility'>>`
    select id, kind, workspace_id, visibility from rooms where id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return rows
}
