import type { Message, RoomInfo, RoomMember } from '../../data/rooms.ts'
import { account, ago, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'

/** A room as its owner sees it, for tests and screenshots. */
export const room = (n: number, name: string, given: Partial<RoomInfo> = {}): RoomInfo => ({
  ...{ id: uuid(400 + n), kind: 'room', workspace_id: uuid(50), parent_id: null, name, topic: null },
  ...{ visibility: 'open', posting: 'everyone', book: null, peer: null, member_count: 9, last_sequence: 0 },
  ...{
    last_revision: 0,
    last_message: null,
    unread_count: 0,
    mention_count: 0,
    version: 1,
    archived_at: null,
  },
  membership: {
    ...{ role: 'owner', notifications: 'all', pinned: false, read_sequence: 0, delivered_sequence: 0 },
    joined_at: ago(9000),
  },
  can: { post: true, join: false, manage: true, moderate: true, leave: true },
  created_at: ago(9000),
  updated_at: ago(10),
  ...given,
})

const PEOPLE = {
  1: account.display_name,
  2: '顾晚',
  3: 'Maya Okafor',
  4: 'Teo Marsh',
  5: '林舟',
  6: 'Ines Duarte',
}
export const person = (n: keyof typeof PEOPLE) => ({ account_id: uuid(n), display_name: PEOPLE[n] })
export const members: RoomMember[] = ([1, 2, 3, 4, 5, 6] as const).map((n) => ({
  person: person(n),
  role: n === 1 ? 'owner' : n === 2 ? 'moderator' : 'member',
  joined_at: ago(9000 - n),
}))

/** A message that was written so many minutes ago. */
export const message = (
  sequence: number,
  by: keyof typeof PEOPLE,
  minutes: number,
  body: string,
  given: Partial<Message> = {},
): Message => ({
  ...{ id: uuid(5000 + sequence), room_id: uuid(402), sequence, revision: sequence, version: 1, body },
  ...{ author: person(by), thread_root_id: null, thread: null, mentions: [], mentions_everyone: false },
  ...{ citations: [], quotes: [], attachments: [], reactions: [], edited_at: null, deleted_at: null },
  created_at: ago(minutes),
  ...given,
})

/** Answers of a server that has these rooms, and these messages in all of them. */
export function roomHandlers(rooms: readonly RoomInfo[], messages: readonly Message[]): MockHandlers {
  const last = Math.max(0, ...messages.map(({ sequence }) => sequence))
  const counters = { last_sequence: last, last_revision: last }
  const page = (items: readonly Message[], anchor: number | null) => ({
    status: 200 as const,
    body: {
      items: [...items],
      ...{ from_sequence: 1, to_sequence: last, before: null, after: null, anchor_sequence: anchor },
      ...counters,
    },
  })
  const found = (id: string | undefined) => rooms.find((one) => one.id === id) ?? rooms[0] ?? room(0, '')
  return {
    ...markHandlers(last),
    listRooms: ({ query }) => {
      const joined = query.get('joined') !== 'false'
      const book = query.get('book_id')
      const items = rooms.filter(
        (one) => (one.membership !== null) === joined && (!book || one.book?.id === book),
      )
      return { status: 200, body: { items, next_cursor: null } }
    },
    getRoom: ({ params }) => ({ status: 200, body: { ...found(params.room_id), ...counters } }),
    listMessages: ({ query }) => {
      const thread = query.get('thread')
      if (thread)
        return page(
          messages.filter(({ thread_root_id }) => thread_root_id === thread),
          null,
        )
      const top = messages.filter(({ thread_root_id }) => thread_root_id === null)
      const read = rooms.find(({ unread_count }) => unread_count > 0)?.membership?.read_sequence ?? 0
      const unread = query.has('first_unread') ? top.find(({ sequence }) => sequence > read) : undefined
      const around = top.find(({ id }) => id === query.get('around_message')) ?? unread
      return page(top, around?.sequence ?? null)
    },
    getMessage: ({ params }) => ({
      status: 200,
      body: messages.find(({ id }) => id === params.message_id) ?? message(0, 1, 0, ''),
    }),
    listRoomMembers: () => ({ status: 200, body: { items: members, next_cursor: null } }),
    listRoomChanges: () => ({
      status: 200,
      body: { items: [], through_revision: last, more: false, ...counters },
    }),
    listMentions: () => ({
      status: 200,
      body: {
        items: messages
          .filter(({ mentions }) => mentions.length > 0)
          .map((one) => ({
            room_id: one.room_id,
            room_name: found(one.room_id).name,
            message: one,
            unread: true,
          })),
        next_cursor: null,
      },
    }),
  }
}

/** How far everybody has read: all of it. */
const markHandlers = (last: number): MockHandlers => ({
  listRoomReceipts: () => ({
    status: 200,
    body: {
      items: [2, 4, 5, 6].map((n) => ({
        account_id: uuid(n),
        delivered_sequence: last,
        read_sequence: last,
      })),
    },
  }),
  markRoomRead: ({ body }) => ({
    status: 200,
    body: {
      read_sequence: body.sequence,
      delivered_sequence: body.sequence,
      unread_count: 3,
      mention_count: 0,
    },
  }),
  markRoomDelivered: ({ body }) => ({
    status: 200,
    body: { read_sequence: 0, delivered_sequence: body.sequence, unread_count: 3, mention_count: 0 },
  }),
})
