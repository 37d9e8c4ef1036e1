import type { Tx } from '../../../platform/database/database.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import type { RoomsComponents } from '../components.ts'
import { messageGone, messageNotFound, twoPlaces } from '../errors.ts'
import { presentMessages } from '../present.ts'
import { enter } from '../scope.ts'
import {
  changedAfter,
  findMessage,
  firstUnread,
  type MessageRow,
  sequenceAt,
  stretch,
} from '../store/messages.ts'
import type { RoomRow } from '../store/rooms.ts'
import { listVersions } from '../store/versions.ts'
import { presentOne } from './send-message.ts'

type Query = Request<'listMessages'>['query']

/** The place that the query asks to see around, if any. @throws Problem 404 `message.not_found` */
async function anchorOf(tx: Tx, room: RoomRow, query: Query, accountId: string): Promise<number | undefined> {
  const { around_message, around_sequence, around_date, first_unread } = query
  if (around_message !== undefined) {
    const message = await findMessage(tx, room.id, around_message)
    if (!message) throw messageNotFound()
    const shown = query.thread === undefined && message.thread_root_id !== null
    const root = shown ? await findMessage(tx, room.id, message.thread_root_id as string) : undefined
    return (root ?? message).sequence
  }
  if (around_sequence !== undefined) return Math.max(1, Math.min(around_sequence, room.last_sequence))
  if (around_date !== undefined) {
    const found = await sequenceAt(tx, room.id, around_date, room.last_sequence)
    return Math.max(1, Math.min(found, room.last_sequence))
  }
  if (first_unread !== true || room.read_sequence === null) return undefined
  return firstUnread(tx, room.id, accountId, room.read_sequence)
}

interface Page {
  readonly rows: readonly MessageRow[]
  /** Places covered, both included. */
  readonly from: number
  readonly to: number
}

const END = Number.MAX_SAFE_INTEGER

/** Half of the page before the place, half from it on. */
async function around(tx: Tx, where: Where, anchor: number, limit: number, last: number): Promise<Page> {
  const earlier = await before(tx, where, anchor, Math.floor(limit / 2), last)
  const later = await after(tx, where, anchor - 1, limit - earlier.rows.length, last)
  return { rows: [...earlier.rows, ...later.rows], from: earlier.from, to: later.to }
}

interface Where {
  readonly roomId: string
  readonly thread: string | undefined
}

/** The newest messages before a place; covers up to it, and to the beginning when there are no more. */
async function before(tx: Tx, where: Where, place: number, limit: number, last: number): Promise<Page> {
  const to = Math.min(place - 1, last)
  if (limit === 0) return { rows: [], from: to + 1, to }
  const range = { after: 0, before: to + 1, from: 'end' as const, limit: limit + 1 }
  const found = await stretch(tx, where, range)
  const more = found.length > limit
  const rows = more ? found.slice(1) : found
  return { rows, from: more ? (found[0]?.sequence ?? 0) + 1 : 1, to }
}

/** The oldest messages after a place; covers from it on, and to the end when there are no more. */
async function after(tx: Tx, where: Where, place: number, limit: number, last: number): Promise<Page> {
  const range = { after: place, before: END, from: 'start' as const, limit: limit + 1 }
  const found = await stretch(tx, where, range)
  const more = found.length > limit
  const rows = more ? found.slice(0, limit) : found
  const end = Math.max(last, rows.at(-1)?.sequence ?? 0)
  return { rows, from: place + 1, to: more ? (found[limit]?.sequence ?? 0) - 1 : end }
}

async function pageOf(tx: Tx, room: RoomRow, query: Query, accountId: string) {
  const places = [
    ...[query.before, query.after, query.around_message, query.around_sequence, query.around_date],
    query.first_unread === true ? true : undefined,
  ]
  if (places.filter((one) => one !== undefined).length > 1) throw twoPlaces()
  const where = { roomId: room.id, thread: query.thread }
  const limit = query.limit ?? 50
  const last = room.last_sequence
  const anchor = await anchorOf(tx, room, query, accountId)
  if (anchor !== undefined) return { page: await around(tx, where, anchor, limit, last), anchor }
  if (query.after !== undefined)
    return { page: await after(tx, where, query.after, limit, last), anchor: null }
  return { page: await before(tx, where, query.before ?? last + 1, limit, last), anchor: null }
}

export const listMessages = (components: RoomsComponents): Operation =>
  operation('listMessages', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { room } = await enter(tx, context, params.room_id)
      if (query.thread !== undefined && !(await findMessage(tx, room.id, query.thread)))
        throw messageNotFound()
      const { page, anchor } = await pageOf(tx, room, query, context.accountId)
      const { from, to } = page
      const body = {
        items: await presentMessages(components, tx, { tenantId: context.tenantId, room }, page.rows),
        from_sequence: from,
        to_sequence: to,
        before: from > 1 ? from : null,
        after: to < room.last_sequence ? to : null,
        anchor_sequence: anchor,
        last_sequence: room.last_sequence,
        last_revision: room.last_revision,
      }
      return { status: 200, body }
    }),
  )

export const listRoomChanges = (components: RoomsComponents): Operation =>
  operation('listRoomChanges', (request) =>
    request.read(async (tx) => {
      const { context, params, query } = request
      const { room } = await enter(tx, context, params.room_id)
      const limit = query.limit ?? 50
      const found = await changedAfter(tx, room.id, query.after, limit + 1)
      const rows = found.slice(0, limit)
      const more = found.length > limit
      const { last_sequence, last_revision } = room
      const through_revision = more ? (rows.at(-1)?.revision ?? query.after) : last_revision
      const place = { tenantId: context.tenantId, room }
      const items = await presentMessages(components, tx, place, rows)
      return { status: 200, body: { items, through_revision, last_sequence, last_revision, more } }
    }),
  )

export const getMessage = (components: RoomsComponents): Operation =>
  operation('getMessage', (request) =>
    request.read(async (tx) => {
      const { context, params } = request
      const { room } = await enter(tx, context, params.room_id)
      if (!(await findMessage(tx, room.id, params.message_id))) throw messageNotFound()
      return { status: 200, body: await presentOne(components, tx, context, room, params.message_id) }
    }),
  )

export const listMessageVersions = (): Operation =>
  operation('listMessageVersions', (request) =>
    request.read(async (tx) => {
      const { context, params } = request
      const { room } = await enter(tx, context, params.room_id)
      const message = await findMessage(tx, room.id, params.message_id)
      if (!message) throw messageNotFound()
      if (message.deleted_at !== null) throw messageGone()
      const items = (await listVersions(tx, message.id)).map(({ version, body, written_at }) => ({
        version,
        body,
        written_at: written_at.toISOString(),
      }))
      return { status: 200, body: { items } }
    }),
  )
