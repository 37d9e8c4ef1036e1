import { uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { notFound, versionConflict } from '../../../platform/http/problem.ts'
import type { RoomsComponents } from '../components.ts'
import { badParent, directRoom, notInWorkspace, roomForbidden, roomIdTaken } from '../errors.ts'
import { membershipChanged, roomChanged, roomListChanged } from '../events.ts'
import { presentRoom, presentRooms } from '../room-view.ts'
import { pairOf } from '../rules.ts'
import { enter } from '../scope.ts'
import { addMembers } from '../store/members.ts'
import {
  directRoomOf,
  findRoom,
  insertRoom,
  listRooms as listRows,
  type NewRoom,
  type RoomChanges,
  type RoomKeys,
  type RoomRow,
  unreadTotals,
  updateRoomRow,
} from '../store/rooms.ts'

const isPair = (value: unknown): value is RoomKeys => isStringArray(value) && value.length === 2

export const listRooms = (components: RoomsComponents): Operation =>
  operation('listRooms', (request) =>
    request.read(async (tx) => {
      const { context, query } = request
      if (query.workspace_id !== undefined) await components.requireWorkspace(tx, query.workspace_id)
      const limit = query.limit ?? 50
      const filter = {
        workspaceId: query.workspace_id,
        bookId: query.book_id,
        joined: query.joined,
        archived: query.archived ?? false,
      }
      const page = { after: decodeCursor(query.cursor, isPair), limit: limit + 1 }
      const found = await listRows(tx, context.accountId, filter, page)
      const { rows, next_cursor } = takePage(found, limit, (row) => [row.key, row.id])
      const items = await presentRooms(components, tx, context, rows)
      return {
        status: 200,
        body: { items, next_cursor },
      }
    }),
  )

export const getRoom = (components: RoomsComponents): Operation =>
  operation('getRoom', ({ context, params, read }) =>
    read(async (tx) => ({ status: 200, body: await presentRoom(components, tx, context, params.room_id) })),
  )

export const getUnreadSummary = (): Operation =>
  operation('getUnreadSummary', ({ context, read }) =>
    read(async (tx) => ({ status: 200, body: await unreadTotals(tx, context.accountId) })),
  )

type Create = Request<'createRoom'>

/** @throws Problem 422 `room.parent` */
async function checkParent(tx: Tx, { context, body }: Create): Promise<void> {
  if (body.parent_id === undefined) return
  const parent = await findRoom(tx, context.accountId, body.parent_id)
  if (parent?.workspace_id !== body.workspace_id || parent.parent_id !== null) throw badParent()
}

function newRoom({ context, body }: Create, now: Date): NewRoom {
  return {
    id: body.id,
    kind: 'room',
    workspace_id: body.workspace_id,
    parent_id: body.parent_id ?? null,
    book_id: body.book_id ?? null,
    name: body.name,
    topic: body.topic ?? null,
    visibility: body.visibility ?? 'open',
    pair: undefined,
    created_by: context.accountId,
    created_at: now,
  }
}

export const createRoom = (components: RoomsComponents): Operation =>
  operation('createRoom', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      await components.requireWorkspace(tx, body.workspace_id)
      const before = await findRoom(tx, context.accountId, body.id)
      if (before) {
        if (before.created_by !== context.accountId) throw roomIdTaken()
        return { status: 200, body: await presentRoom(components, tx, context, before.id) }
      }
      if (body.book_id !== undefined) await bookOfWorkspace(components, tx, body.workspace_id, body.book_id)
      await checkParent(tx, request)
      const others = (body.member_ids ?? []).filter((id) => id !== context.accountId)
      const known = await components.membersAmong(tx, others, body.workspace_id)
      if (known.size < others.length) throw notInWorkspace()
      const now = new Date(components.clock.now())
      if (!(await insertRoom(tx, context.tenantId, newRoom(request, now)))) throw roomIdTaken()
      const members = [
        { accountId: context.accountId, role: 'owner' as const },
        ...others.map((accountId) => ({ accountId, role: 'member' as const })),
      ]
      await addMembers(tx, context.tenantId, body.id, members, now)
      await roomChanged(tx, 'created', body.id)
      if (body.visibility !== 'private') await roomListChanged(tx, body.workspace_id, body.id)
      for (const { accountId } of members) await membershipChanged(tx, 'joined', body.id, accountId)
      return { status: 201, body: await presentRoom(components, tx, context, body.id) }
    }),
  )

/** A room is about a book of its own workspace, so that all its readers have the book. @throws 404 `book.not_found` */
async function bookOfWorkspace(
  components: RoomsComponents,
  tx: Tx,
  workspaceId: string,
  bookId: string,
): Promise<void> {
  if (!(await components.booksOf(tx, workspaceId, [bookId])).has(bookId)) throw notFound('book')
}

export const openDirectRoom = (components: RoomsComponents): Operation =>
  operation('openDirectRoom', (request) =>
    request.write(async (tx) => {
      const { context, body } = request
      const { tenantId, accountId } = context
      const pair = pairOf(accountId, body.account_id)
      const known = await components.membersAmong(tx, [body.account_id], null)
      if (!known.has(body.account_id)) throw notFound('member')
      if (body.account_id === accountId) throw directRoom()
      const before = await directRoomOf(tx, pair)
      if (before !== undefined)
        return { status: 200, body: await presentRoom(components, tx, context, before) }
      const id = await openDirect(components, tx, context, pair)
      if (id === undefined) {
        // Somebody opened it at the same moment; the insert has waited for them.
        const theirs = (await directRoomOf(tx, pair)) ?? ''
        return { status: 200, body: await presentRoom(components, tx, context, theirs) }
      }
      for (const each of pair) await membershipChanged(tx, 'joined', id, each)
      return { status: 201, body: await presentRoom(components, tx, { ...context, tenantId }, id) }
    }),
  )

async function openDirect(
  components: RoomsComponents,
  tx: Tx,
  { tenantId, accountId }: TenantContext,
  pair: readonly [string, string],
): Promise<string | undefined> {
  const id = uuidv7(components.clock)
  const now = new Date(components.clock.now())
  const none = { workspace_id: null, parent_id: null, book_id: null, topic: null }
  const fixed = { kind: 'direct' as const, name: '', visibility: 'private' as const }
  const room = { ...none, ...fixed, id, pair, created_by: accountId, created_at: now }
  if (!(await insertRoom(tx, tenantId, room))) return undefined
  const members = pair.map((each) => ({ accountId: each, role: 'member' as const }))
  await addMembers(tx, tenantId, id, members, now)
  return id
}

export const updateRoom = (components: RoomsComponents): Operation =>
  operation('updateRoom', (request) =>
    request.write(async (tx) => {
      const { context, params } = request
      const { version, archived, ...fields } = request.body
      const { room, can } = await enter(tx, context, params.room_id)
      if (room.kind === 'direct') throw directRoom()
      if (!can.manage) throw roomForbidden()
      if (fields.book_id && room.workspace_id !== null) {
        await bookOfWorkspace(components, tx, room.workspace_id, fields.book_id)
      }
      const now = new Date(components.clock.now())
      const archived_at = archived === undefined ? undefined : archived ? (room.archived_at ?? now) : null
      if (!(await updateRoomRow(tx, room.id, { ...fields, archived_at }, version))) {
        throw versionConflict({ ...(await presentRoom(components, tx, context, room.id)) })
      }
      await announceUpdate(tx, room, { ...fields, archived_at })
      return { status: 200, body: await presentRoom(components, tx, context, room.id) }
    }),
  )

async function announceUpdate(tx: Tx, room: RoomRow, changes: RoomChanges): Promise<void> {
  await roomChanged(tx, 'updated', room.id)
  const listed = room.visibility === 'open' || changes.visibility === 'open'
  if (listed && room.workspace_id !== null) await roomListChanged(tx, room.workspace_id, room.id)
}
