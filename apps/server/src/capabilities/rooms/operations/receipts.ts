import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { type Operation, operation } from '../../../platform/http/operation.ts'
import { roomNotFound } from '../errors.ts'
import { markersMoved, membershipChanged } from '../events.ts'
import { enter, enterJoined } from '../scope.ts'
import { listMarkers, moveMarkers } from '../store/members.ts'
import { findCountedRoom } from '../store/rooms.ts'

const MOST_RECEIPTS = 500

async function move(
  tx: Tx,
  context: TenantContext,
  roomId: string,
  to: { readonly read: number; readonly delivered: number },
) {
  const { room } = await enterJoined(tx, context, roomId)
  const moved = await moveMarkers(tx, room.id, context.accountId, to)
  if (moved) {
    await markersMoved(tx, room.id, moved)
    if (to.read > 0) await membershipChanged(tx, 'changed', room.id, context.accountId)
  }
  const row = await findCountedRoom(tx, context.accountId, room.id)
  if (!row) throw roomNotFound()
  const { unread_count, mention_count } = row
  return {
    read_sequence: row.read_sequence ?? 0,
    delivered_sequence: row.delivered_sequence ?? 0,
    unread_count,
    mention_count,
  }
}

export const markRoomRead = (): Operation =>
  operation('markRoomRead', ({ context, params, body, write }) =>
    write(async (tx) => ({
      status: 200,
      body: await move(tx, context, params.room_id, { read: body.sequence, delivered: 0 }),
    })),
  )

export const markRoomDelivered = (): Operation =>
  operation('markRoomDelivered', ({ context, params, body, write }) =>
    write(async (tx) => ({
      status: 200,
      body: await move(tx, context, params.room_id, { read: 0, delivered: body.sequence }),
    })),
  )

export const listRoomReceipts = (): Operation =>
  operation('listRoomReceipts', ({ context, params, read }) =>
    read(async (tx) => {
      const { room } = await enter(tx, context, params.room_id)
      return { status: 200, body: { items: await listMarkers(tx, room.id, MOST_RECEIPTS) } }
    }),
  )
