import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import type { RoomsComponents } from '../components.ts'
import { directRoom, lastOwner, notInWorkspace, roomArchived, roomForbidden } from '../errors.ts'
import { membershipChanged, roomChanged } from '../events.ts'
import { presentRoom } from '../room-view.ts'
import { mayAssign } from '../rules.ts'
import { type Entered, enter, enterJoined } from '../scope.ts'
import {
  addMembers,
  allMembers,
  countMembers,
  findMember,
  lockOwners,
  type MemberRow,
  removeMember,
  setPreferences,
  setRole,
} from '../store/members.ts'

type Member = components['schemas']['RoomMember']

const view = (row: MemberRow, people: ReadonlyMap<string, string>): Member => ({
  person: { account_id: row.account_id, display_name: people.get(row.account_id) ?? '' },
  role: row.role,
  joined_at: row.joined_at.toISOString(),
})

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** By name. Names belong to accounts, so they are put in order here; a room has hundreds of members, not millions. */
export const listRoomMembers = (components: RoomsComponents): Operation =>
  operation('listRoomMembers', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { room } = await enter(tx, context, params.room_id)
      const rows = await allMembers(tx, room.id)
      const people = await components.people(
        tx,
        rows.map((row) => row.account_id),
      )
      const wanted = query.query?.toLowerCase() ?? ''
      const order = new Intl.Collator('und')
      const found = rows
        .map((row) => view(row, people))
        .filter(({ person }) => person.display_name.toLowerCase().includes(wanted))
        .sort(
          (a, b) =>
            order.compare(a.person.display_name, b.person.display_name) ||
            a.person.account_id.localeCompare(b.person.account_id),
        )
      const offset = decodeCursor(query.cursor, isOffset) ?? 0
      const end = offset + (query.limit ?? 50)
      const next_cursor = end < found.length ? encodeCursor(end) : null
      return { status: 200, body: { items: found.slice(offset, end), next_cursor } }
    }),
  )

/** Puts people in and tells the room and them. Answers whether anybody was new. */
async function bringIn(
  components: RoomsComponents,
  tx: Tx,
  { tenantId }: TenantContext,
  roomId: string,
  member: { readonly accountId: string; readonly role: MemberRow['role'] },
): Promise<boolean> {
  const now = new Date(components.clock.now())
  const added = await addMembers(tx, tenantId, roomId, [member], now)
  for (const account_id of added) {
    await roomChanged(tx, 'member_added', roomId, { account_id })
    await membershipChanged(tx, 'joined', roomId, account_id)
  }
  return added.length > 0
}

export const joinRoom = (components: RoomsComponents): Operation =>
  operation('joinRoom', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { room, can } = await enter(tx, context, params.room_id)
      if (room.role === null) {
        if (room.archived_at !== null) throw roomArchived()
        if (!can.join) throw roomForbidden()
        await bringIn(components, tx, context, room.id, { accountId: context.accountId, role: 'member' })
      }
      return { status: 200, body: await presentRoom(components, tx, context, room.id) }
    }),
  )

export const updateRoomMembership = (components: RoomsComponents): Operation =>
  operation('updateRoomMembership', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { room } = await enterJoined(tx, context, params.room_id)
      await setPreferences(tx, room.id, context.accountId, body)
      await membershipChanged(tx, 'changed', room.id, context.accountId)
      return { status: 200, body: await presentRoom(components, tx, context, room.id) }
    }),
  )

async function memberView(components: RoomsComponents, tx: Tx, roomId: string, accountId: string) {
  const row = await findMember(tx, roomId, accountId)
  if (!row) throw notFound('member')
  return view(row, await components.people(tx, [accountId]))
}

export const addRoomMember = (components: RoomsComponents): Operation =>
  operation('addRoomMember', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { room, standing } = await enter(tx, context, params.room_id)
      if (room.kind === 'direct') throw directRoom()
      const role = body.role ?? 'member'
      if (!mayAssign(standing, null, role)) throw roomForbidden()
      const known = await components.membersAmong(tx, [body.account_id], room.workspace_id)
      if (!known.has(body.account_id)) throw notInWorkspace()
      const isNew = await bringIn(components, tx, context, room.id, { accountId: body.account_id, role })
      const member = await memberView(components, tx, room.id, body.account_id)
      return { status: isNew ? 201 : 200, body: member }
    }),
  )

/** A room with members keeps an owner. @throws Problem 422 `room.last_owner` */
async function keepOwner(tx: Tx, roomId: string, leaving: MemberRow): Promise<void> {
  if (leaving.role !== 'owner') return
  const owners = await lockOwners(tx, roomId)
  if (owners.some((id) => id !== leaving.account_id)) return
  if ((await countMembers(tx, roomId)) > 1) throw lastOwner()
}

export const updateRoomMember = (components: RoomsComponents): Operation =>
  operation('updateRoomMember', (request) =>
    request.write(async (tx) => {
      const { context, params, body } = request
      const { room, standing } = await enter(tx, context, params.room_id)
      if (room.kind === 'direct') throw directRoom()
      const member = await findMember(tx, room.id, params.account_id)
      if (!member) throw notFound('member')
      if (!mayAssign(standing, member.role, body.role)) throw roomForbidden()
      if (member.role !== body.role) {
        if (body.role !== 'owner') await keepOwner(tx, room.id, member)
        await setRole(tx, room.id, member.account_id, body.role)
        await roomChanged(tx, 'member_updated', room.id, { account_id: member.account_id })
        await membershipChanged(tx, 'changed', room.id, member.account_id)
      }
      return { status: 200, body: await memberView(components, tx, room.id, member.account_id) }
    }),
  )

function mayRemove({ room, standing }: Entered, member: MemberRow, self: boolean): boolean {
  if (room.kind === 'direct') return false
  return self || mayAssign(standing, member.role, null)
}

export const removeRoomMember = (): Operation =>
  operation('removeRoomMember', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const entered = await enter(tx, context, params.room_id)
      const { room } = entered
      if (room.kind === 'direct') throw directRoom()
      const member = await findMember(tx, room.id, params.account_id)
      if (!member) throw notFound('member')
      if (!mayRemove(entered, member, member.account_id === context.accountId)) throw roomForbidden()
      await keepOwner(tx, room.id, member)
      await removeMember(tx, room.id, member.account_id)
      await roomChanged(tx, 'member_removed', room.id, { account_id: member.account_id })
      await membershipChanged(tx, 'left', room.id, member.account_id)
      return { status: 204, body: undefined }
    }),
  )
