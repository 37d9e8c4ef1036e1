import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { RoomsComponents } from './components.ts'
import { roomNotFound } from './errors.ts'
import { plainText, rightsIn } from './rules.ts'
import { standingOf } from './scope.ts'
import { type CountedRoomRow, findCountedRoom } from './store/rooms.ts'

export type Room = components['schemas']['Room']

const EXCERPT = 140

const peerOf = ({ first_id, second_id }: CountedRoomRow, accountId: string): string | null =>
  first_id === accountId ? second_id : first_id

/** Rooms as the caller sees them, names of people and books looked up once for all. */
export async function presentRooms(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  rows: readonly CountedRoomRow[],
): Promise<Room[]> {
  const { accountId } = context
  const accounts = rows.flatMap((row) => [row.last_author, peerOf(row, accountId)])
  const people = await components.people(tx, [...new Set(accounts.filter((id) => id !== null))])
  const titles = new Map<string, string>()
  const byWorkspace = Map.groupBy(
    rows.filter((row) => row.book_id !== null),
    (row) => row.workspace_id,
  )
  for (const [workspaceId, shared] of byWorkspace) {
    const ids = [...new Set(shared.map((row) => row.book_id).filter((id) => id !== null))]
    const books = workspaceId === null ? [] : (await components.booksOf(tx, workspaceId, ids)).values()
    for (const book of books) titles.set(book.id, book.title)
  }
  return rows.map((row) => roomView(row, context, people, titles))
}

export async function presentRoom(
  components: RoomsComponents,
  tx: Tx,
  context: TenantContext,
  roomId: string,
): Promise<Room> {
  const row = await findCountedRoom(tx, context.accountId, roomId)
  const [room] = row ? await presentRooms(components, tx, context, [row]) : []
  if (!room) throw roomNotFound()
  return room
}

function roomView(
  row: CountedRoomRow,
  context: TenantContext,
  people: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
): Room {
  const person = (id: string) => ({ account_id: id, display_name: people.get(id) ?? '' })
  const peerId = peerOf(row, context.accountId)
  const peer = row.kind === 'direct' && peerId !== null ? person(peerId) : null
  const title = row.book_id === null ? undefined : titles.get(row.book_id)
  const { id, kind, workspace_id, parent_id, topic, visibility, posting, version } = row
  const { last_sequence, last_revision, member_count, unread_count, mention_count } = row
  return {
    ...{ id, kind, workspace_id, parent_id, topic, visibility, posting, version },
    ...{ last_sequence, last_revision, member_count, unread_count, mention_count },
    name: peer?.display_name ?? row.name,
    book: row.book_id === null || title === undefined ? null : { id: row.book_id, title },
    peer,
    last_message: lastMessage(row, person),
    membership: membershipView(row),
    can: rightsIn(standingOf(row, context)),
    archived_at: row.archived_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

function lastMessage(
  row: CountedRoomRow,
  person: (id: string) => { account_id: string; display_name: string },
): Room['last_message'] {
  const { last_id, last_author, last_body, last_at, last_place } = row
  if (last_id === null || last_author === null || last_at === null || last_place === null) return null
  const text = plainText(last_body ?? '', EXCERPT)
  return {
    id: last_id,
    sequence: last_place,
    author: person(last_author),
    text,
    created_at: last_at.toISOString(),
  }
}

function membershipView(row: CountedRoomRow): Room['membership'] {
  const { role, notifications, pinned, read_sequence, delivered_sequence, joined_at } = row
  if (role === null || joined_at === null) return null
  return {
    role,
    notifications: notifications ?? 'all',
    pinned: pinned ?? false,
    read_sequence: read_sequence ?? 0,
    delivered_sequence: delivered_sequence ?? 0,
    joined_at: joined_at.toISOString(),
  }
}
