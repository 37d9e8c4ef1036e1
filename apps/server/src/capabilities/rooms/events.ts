import type { DomainEvent, Tx } from '../../platform/database/database.ts'
import type { MessageRow } from './store/messages.ts'

/** What others may know, and who: events of a room go to those who may follow its topic. */

export const topicOf = (roomId: string): string => `room:${roomId}`

type MessageChange = 'created' | 'updated' | 'deleted' | 'reacted'

/** `revision` lets a follower see that none is missing between two of them. */
export function messageChanged(
  tx: Tx,
  change: MessageChange,
  message: Pick<MessageRow, 'room_id' | 'id' | 'sequence' | 'account_id' | 'thread_root_id'>,
  revision: number,
): Promise<void> {
  return tx.emit({
    type: `message.${change}`,
    topic: topicOf(message.room_id),
    payload: {
      room_id: message.room_id,
      message_id: message.id,
      sequence: message.sequence,
      revision,
      author_id: message.account_id,
      thread_root_id: message.thread_root_id,
    },
  })
}

/** For the person alone: also where the room is not followed. */
export function mentioned(
  tx: Tx,
  accountId: string,
  message: Pick<MessageRow, 'room_id' | 'id' | 'sequence' | 'account_id'>,
): Promise<void> {
  const { room_id, id, sequence, account_id } = message
  const payload = { room_id, message_id: id, sequence, author_id: account_id }
  return tx.emit({ type: 'mention.created', accountId, payload })
}

type RoomChange = 'created' | 'updated' | 'member_added' | 'member_updated' | 'member_removed'

/** Within the room. Followers are asked again whether they may. */
export function roomChanged(
  tx: Tx,
  change: RoomChange,
  roomId: string,
  payload: DomainEvent['payload'] = {},
): Promise<void> {
  return tx.emit({ type: `room.${change}`, topic: topicOf(roomId), payload: { room_id: roomId, ...payload } })
}

/** An open room appeared, changed or went: everybody in its workspace has it in a list. */
export function roomListChanged(tx: Tx, workspaceId: string, roomId: string): Promise<void> {
  return tx.emit({ type: 'rooms.changed', workspaceId, payload: { room_id: roomId } })
}

/** To the person it is about: the room entered or left their list. */
export function membershipChanged(
  tx: Tx,
  change: 'joined' | 'left' | 'changed',
  roomId: string,
  accountId: string,
): Promise<void> {
  return tx.emit({
    type: `room_membership.${change}`,
    accountId,
    payload: { room_id: roomId, account_id: accountId },
  })
}

export function markersMoved(
  tx: Tx,
  roomId: string,
  markers: { account_id: string; read_sequence: number; delivered_sequence: number },
): Promise<void> {
  return tx.emit({ type: 'receipt.moved', topic: topicOf(roomId), payload: { room_id: roomId, ...markers } })
}
