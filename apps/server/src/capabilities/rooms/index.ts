/** Rooms and what is said in them. The only module of this capability that others import. */
import type { TopicGuard } from '../../platform/bus/topics.ts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { JobDefinition } from '../../platform/jobs/jobs.ts'
import type { Capability } from '../capability.ts'
import type { RoomsComponents } from './components.ts'
import { deleteFilesJob, unsentFilesJob } from './files-job.ts'
import { completeAttachment, createAttachment } from './operations/attachments.ts'
import { deleteMessage, updateMessage } from './operations/change-message.ts'
import { exportRoom } from './operations/export-room.ts'
import {
  addRoomMember,
  joinRoom,
  listRoomMembers,
  removeRoomMember,
  updateRoomMember,
  updateRoomMembership,
} from './operations/members.ts'
import { listMentions } from './operations/mentions.ts'
import { addReaction, removeReaction } from './operations/reactions.ts'
import { getMessage, listMessages, listMessageVersions, listRoomChanges } from './operations/read-messages.ts'
import { listRoomReceipts, markRoomDelivered, markRoomRead } from './operations/receipts.ts'
import {
  createRoom,
  getRoom,
  getUnreadSummary,
  listRooms,
  openDirectRoom,
  updateRoom,
} from './operations/rooms.ts'
import { sendMessage } from './operations/send-message.ts'
import { type Message, presentMessages } from './present.ts'
import { type MessagePlace, SentMessages } from './sent.ts'
import { findMessage } from './store/messages.ts'
import { findRoom, roomsById } from './store/rooms.ts'
import { searchableRooms } from './store/searchable.ts'

export type { CitedBook, QuotableMark, RoomsComponents } from './components.ts'
export type { Message } from './present.ts'
export { type FoundMessage, messagePlaces } from './store/searchable.ts'

export interface Rooms extends Capability {
  /** Who may follow `room:<id>`. */
  readonly topics: TopicGuard
  /**
   * A message as every reader of its room sees it, as new as the event that names its place: one reading for all followers.
   * For whoever has asked {@link TopicGuard.mayFollow} for each of them.
   */
  messageFor(tenantId: string, place: MessagePlace): Promise<Message | undefined>
}

/** Rooms whose messages the caller may find. */
export function roomsToSearch(
  tx: Tx,
  filter: { readonly workspaceId?: string; readonly roomId?: string },
): Promise<string[]> {
  return searchableRooms(tx, filter)
}

export function createRooms(components: RoomsComponents): Rooms {
  const topics: TopicGuard = { kind: 'room', mayFollow: (context, id) => mayFollow(components, context, id) }
  const sent = new SentMessages()
  return {
    name: 'rooms',
    operations: [...operations.map((create) => create(components)), sendMessage(components, sent)],
    jobs: [deleteFilesJob(components), unsentFilesJob(components)] as unknown as JobDefinition[],
    services: [],
    topics,
    topicGuards: [topics],
    messageFor: async (tenantId, place) =>
      sent.find(tenantId, place) ?? (await readMessage(components, tenantId, place)),
  }
}

const operations = [
  listRooms,
  createRoom,
  getRoom,
  updateRoom,
  openDirectRoom,
  getUnreadSummary,
  joinRoom,
  updateRoomMembership,
  listRoomMembers,
  addRoomMember,
  updateRoomMember,
  removeRoomMember,
  markRoomRead,
  markRoomDelivered,
  listRoomReceipts,
  listMessages,
  listRoomChanges,
  getMessage,
  updateMessage,
  deleteMessage,
  listMessageVersions,
  addReaction,
  removeReaction,
  listMentions,
  createAttachment,
  completeAttachment,
  exportRoom,
]

function mayFollow({ database }: RoomsComponents, context: TenantContext, roomId: string): Promise<boolean> {
  return database.tenantRead(
    context,
    async (tx) => (await findRoom(tx, context.accountId, roomId)) !== undefined,
  )
}

function readMessage(
  components: RoomsComponents,
  tenantId: string,
  { room_id, message_id }: MessagePlace,
): Promise<Message | undefined> {
  return components.database.tenantRead({ tenantId, accountId: null }, async (tx) => {
    const [room] = await roomsById(tx, [room_id])
    const row = await findMessage(tx, room_id, message_id)
    if (!room || !row) return undefined
    const [message] = await presentMessages(components, tx, { tenantId, room }, [row])
    return message
  })
}
