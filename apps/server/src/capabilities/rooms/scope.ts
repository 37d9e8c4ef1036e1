import type { TenantContext, Tx } from '../../platform/database/database.ts'
import {
  messageGone,
  messageNotFound,
  notJoined,
  roomArchived,
  roomForbidden,
  roomNotFound,
} from './errors.ts'
import { type RoomRights, rightsIn, type Standing } from './rules.ts'
import { lockMessage, type MessageRow } from './store/messages.ts'
import { findRoom, lockRoom, type RoomRow } from './store/rooms.ts'

type StandingRow = Pick<RoomRow, 'kind' | 'visibility' | 'posting' | 'archived_at' | 'role'>

export const standingOf = (room: StandingRow, context: Pick<TenantContext, 'role'>): Standing => ({
  kind: room.kind,
  visibility: room.visibility,
  posting: room.posting,
  archived: room.archived_at !== null,
  roomRole: room.role,
  role: context.role,
})

export interface Entered {
  readonly room: RoomRow
  readonly standing: Standing
  readonly can: RoomRights
}

/** A room that the caller may read, and what else they may. @throws Problem 404 `room.not_found` */
export async function enter(tx: Tx, context: TenantContext, roomId: string): Promise<Entered> {
  const room = await findRoom(tx, context.accountId, roomId)
  if (!room) throw roomNotFound()
  const standing = standingOf(room, context)
  return { room, standing, can: rightsIn(standing) }
}

/** The same, for who adds to the conversation. @throws Problem 403 `room.not_joined`, `room.forbidden`; 422 `room.archived` */
export async function enterToPost(tx: Tx, context: TenantContext, roomId: string): Promise<Entered> {
  return admitted(await enter(tx, context, roomId))
}

/** @throws Problem 403, 422 as {@link enterToPost} */
export function admitted(entered: Entered): Entered {
  if (entered.can.post) return entered
  if (entered.room.role === null) throw notJoined()
  if (entered.room.archived_at !== null) throw roomArchived()
  throw roomForbidden()
}

/** The same, for members, also in a room that was archived. @throws Problem 403 `room.not_joined` */
export async function enterJoined(tx: Tx, context: TenantContext, roomId: string): Promise<Entered> {
  const entered = await enter(tx, context, roomId)
  if (entered.room.role === null) throw notJoined()
  return entered
}

/** A message that is still there, locked for a change. @throws Problem 404, 410 */
export async function lockedMessage(tx: Tx, roomId: string, messageId: string): Promise<MessageRow> {
  await lockRoom(tx, roomId)
  const message = await lockMessage(tx, roomId, messageId)
  if (!message) throw messageNotFound()
  if (message.deleted_at !== null) throw messageGone()
  return message
}

/** For who reacts: members of a room that is not archived, also where only moderators write. */
export async function enterToReact(tx: Tx, context: TenantContext, roomId: string): Promise<Entered> {
  const entered = await enterJoined(tx, context, roomId)
  if (entered.room.archived_at !== null) throw roomArchived()
  return entered
}
