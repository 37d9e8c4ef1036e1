import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { RoomRole } from '../rules.ts'

export interface MemberRow {
  account_id: string
  role: RoomRole
  joined_at: Date
}

/** Adds members who start with nothing unread; those who are in the room stay as they are. Answers who was added. */
export async function addMembers(
  tx: Tx,
  tenantId: string,
  roomId: string,
  members: readonly { readonly accountId: string; readonly role: RoomRole }[],
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    insert into room_members (tenant_id, room_id, account_id, role, read_sequence, delivered_sequence, joined_at)
    select ${tenantId}::uuid, r.id, a.account_id, a.role, r.last_sequence, r.last_sequence, ${now}::timestamptz
    from rooms r, unnest(${members.map((one) => one.accountId)}::uuid[], ${members.map((one) => one.role)}::text[]) as a(account_id, role)
    where r.id = ${roomId}
    on conflict (tenant_id, room_id, account_id) do nothing returning account_id`.execute(tx.db)
  return rows.map((row) => row.account_id)
}

export async function findMember(tx: Tx, roomId: string, accountId: string): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`
    select account_id, role, joined_at from room_members where room_id = ${roomId} and account_id = ${accountId}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function allMembers(tx: Tx, roomId: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select account_id, role, joined_at from room_members where room_id = ${roomId}`.execute(tx.db)
  return rows
}

export async function memberIds(tx: Tx, roomId: string, among?: readonly string[]): Promise<Set<string>> {
  const wanted = among === undefined ? sql`true` : sql`account_id = any(${[...among]}::uuid[])`
  const { rows } = await sql<{ account_id: string }>`
    select account_id from room_members where room_id = ${roomId} and ${wanted}`.execute(tx.db)
  return new Set(rows.map((row) => row.account_id))
}

/** Owners of the room, locked, so that two of them cannot leave at once. */
export async function lockOwners(tx: Tx, roomId: string): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from room_members where room_id = ${roomId} and role = 'owner' order by account_id for update`.execute(
    tx.db,
  )
  return rows.map((row) => row.account_id)
}

export async function countMembers(tx: Tx, roomId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from room_members where room_id = ${roomId}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

export async function setRole(tx: Tx, roomId: string, accountId: string, role: RoomRole): Promise<void> {
  await sql`update room_members set role = ${role} where room_id = ${roomId} and account_id = ${accountId}`.execute(
    tx.db,
  )
}

export async function removeMember(tx: Tx, roomId: string, accountId: string): Promise<void> {
  await sql`delete from room_members where room_id = ${roomId} and account_id = ${accountId}`.execute(tx.db)
}

export async function setPreferences(
  tx: Tx,
  roomId: string,
  accountId: string,
  changes: { readonly notifications?: string | undefined; readonly pinned?: boolean | undefined },
): Promise<void> {
  await sql`
    update room_members set notifications = coalesce(${changes.notifications ?? null}, notifications),
      pinned = coalesce(${changes.pinned ?? null}::boolean, pinned)
    where room_id = ${roomId} and account_id = ${accountId}`.execute(tx.db)
}

export interface MarkerRow {
  account_id: string
  read_sequence: number
  delivered_sequence: number
}

/**
 * Moves the markers of one member forward; what was read was delivered. `undefined` when they stand there or further
 * already: nothing is written and nobody told.
 */
export async function moveMarkers(
  tx: Tx,
  roomId: string,
  accountId: string,
  to: { readonly read: number; readonly delivered: number },
): Promise<MarkerRow | undefined> {
  const { rows } = await sql<MarkerRow>`
    update room_members m set
      read_sequence = greatest(m.read_sequence, least(${to.read}::bigint, r.last_sequence)),
      delivered_sequence = greatest(m.delivered_sequence, least(greatest(${to.read}::bigint, ${to.delivered}::bigint), r.last_sequence))
    from rooms r
    where m.room_id = ${roomId} and m.account_id = ${accountId} and r.tenant_id = m.tenant_id and r.id = m.room_id
      and (m.read_sequence < least(${to.read}::bigint, r.last_sequence)
        or m.delivered_sequence < least(greatest(${to.read}::bigint, ${to.delivered}::bigint), r.last_sequence))
    returning m.account_id, m.read_sequence, m.delivered_sequence`.execute(tx.db)
  return rows[0]
}

export async function listMarkers(tx: Tx, roomId: string, limit: number): Promise<MarkerRow[]> {
  const { rows } = await sql<MarkerRow>`
    select account_id, read_sequence, delivered_sequence from room_members where room_id = ${roomId}
    order by read_sequence desc, account_id limit ${limit}`.execute(tx.db)
  return rows
}
