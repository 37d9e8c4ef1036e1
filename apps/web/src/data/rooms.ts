import type { components } from '@stoa/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { orKept } from '../offline/or-kept.ts'
import { client } from './api.ts'
import { everyPage } from './every-page.ts'
import { queryClient } from './query-client.ts'

type Schemas = components['schemas']
export type RoomInfo = Schemas['Room']
export type Message = Schemas['Message']
export type RoomMember = Schemas['RoomMember']
export type Receipt = Schemas['Receipt']
export type Person = Schemas['Person']
export type Citation = Schemas['Citation']
export type Quote = Schemas['Quote']
export type Attachment = Schemas['Attachment']
export type Mention = Schemas['Mention']

const PAGE = 200

const roomsBy = (filter: { joined?: boolean; archived?: boolean; book_id?: string }, name: string) =>
  queryOptions({
    queryKey: ['rooms', name],
    queryFn: () =>
      orKept(`rooms ${name}`, () =>
        everyPage((cursor) =>
          client.call('listRooms', { query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } }),
        ),
      ),
  })

/** Rooms and conversations one is in, last active first. */
export const joinedRoomsQuery = roomsBy({ joined: true }, 'joined')
/** Open rooms one may join. */
export const openRoomsQuery = roomsBy({ joined: false }, 'open')
export const archivedRoomsQuery = roomsBy({ joined: true, archived: true }, 'archived')
/** Rooms about a book. */
export const bookRoomsQuery = (bookId: string) => roomsBy({ book_id: bookId }, `book ${bookId}`)

export const roomQuery = (roomId: string) =>
  queryOptions({
    queryKey: ['rooms', roomId],
    queryFn: () => orKept(`room ${roomId}`, () => client.call('getRoom', { path: { room_id: roomId } })),
    // The list has it already: shown at once, and asked for behind.
    placeholderData: () =>
      queryClient.getQueryData(joinedRoomsQuery.queryKey)?.find(({ id }) => id === roomId),
  })

export const roomMembersQuery = (roomId: string) =>
  queryOptions({
    queryKey: ['room-members', roomId],
    queryFn: () =>
      orKept(`room members ${roomId}`, () =>
        everyPage((cursor) =>
          client.call('listRoomMembers', {
            path: { room_id: roomId },
            query: { limit: PAGE, ...(cursor && { cursor }) },
          }),
        ),
      ),
  })

/** Where one was mentioned, newest first. */
export const mentionsQuery = infiniteQueryOptions({
  queryKey: ['mentions'],
  queryFn: ({ pageParam }) =>
    client.call('listMentions', { query: { limit: 40, ...(pageParam !== '' && { cursor: pageParam }) } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor ?? undefined,
})

/** What counts of a room as unread: in one without notifications only what mentions the reader. */
export const unreadOf = (room: RoomInfo): number =>
  room.membership?.notifications === 'none' || room.archived_at !== null
    ? room.mention_count
    : room.unread_count

/** `undefined` while it is not known. */
export const totalUnread = (rooms: readonly RoomInfo[] | undefined): number | undefined =>
  rooms?.reduce((sum, room) => sum + unreadOf(room), 0)

/** Shows what changed of a room in every list at once; the server's word follows. */
export function amendRoom(roomId: string, change: Partial<RoomInfo>): void {
  queryClient.setQueryData(joinedRoomsQuery.queryKey, (rooms) =>
    rooms?.map((room) => (room.id === roomId ? { ...room, ...change } : room)),
  )
  queryClient.setQueryData(roomQuery(roomId).queryKey, (room) => room && { ...room, ...change })
}

export const refreshRooms = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['rooms'] })
