import type { RoomInfo } from '../../../data/rooms.ts'

/** A room with those that stand below it. */
export interface RoomBranch {
  readonly room: RoomInfo
  readonly below: readonly RoomInfo[]
}

export interface ArrangedRooms {
  readonly pinned: readonly RoomInfo[]
  /** By workspace, in the order given; rooms of unknown workspaces stand under the first. */
  readonly workspaces: readonly {
    readonly id: string
    readonly name: string
    readonly rooms: readonly RoomBranch[]
  }[]
  readonly people: readonly RoomInfo[]
}

const byName = (a: RoomInfo, b: RoomInfo) => a.name.localeCompare(b.name, undefined, { numeric: true })

/** Rooms as the list shows them: pinned ones, those of each workspace by name with those below them, people as last heard of. */
export function arrangeRooms(
  rooms: readonly RoomInfo[],
  workspaces: readonly { readonly id: string; readonly name: string }[],
): ArrangedRooms {
  const pinned = rooms.filter(({ membership }) => membership?.pinned)
  const rest = rooms.filter((room) => !room.membership?.pinned)
  const talks = rest.filter(({ kind }) => kind === 'room')
  const ids = new Set(talks.map(({ id }) => id))
  const isBelow = ({ parent_id }: RoomInfo) => parent_id !== null && ids.has(parent_id)
  const groups = workspaces.map(({ id, name }) => ({
    ...{ id, name },
    rooms: talks
      .filter((room) => room.workspace_id === id && !isBelow(room))
      .sort(byName)
      .map((room) => ({ room, below: talks.filter(({ parent_id }) => parent_id === room.id).sort(byName) })),
  }))
  return {
    pinned: [...pinned].sort(byName),
    workspaces: groups.filter(({ rooms: some }) => some.length > 0),
    people: rest.filter(({ kind }) => kind === 'direct'),
  }
}

/** The rooms that hold the words in their names, and those they stand below. */
export function filterRooms(rooms: readonly RoomInfo[], words: string): RoomInfo[] {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return [...rooms]
  return rooms.filter(({ name }) => name.toLowerCase().includes(wanted))
}

/** In the order of the list: what `j` walks through, and where the next unread one is looked for. */
export const inOrder = ({ pinned, workspaces, people }: ArrangedRooms): RoomInfo[] => [
  ...pinned,
  ...workspaces.flatMap(({ rooms }) => rooms.flatMap(({ room, below }) => [room, ...below])),
  ...people,
]
