import { expect, it } from 'vitest'
import type { RoomInfo } from '../../../data/rooms.ts'
import { room } from '../mock.ts'
import { arrangeRooms, filterRooms, inOrder } from './arrange-rooms.ts'

const workspaces = [
  { id: 'w1', name: 'Readers' },
  { id: 'w2', name: 'Table' },
]
const of = (n: number, name: string, given: Partial<RoomInfo> = {}) =>
  room(n, name, { workspace_id: 'w1', ...given })
const names = (rooms: readonly RoomInfo[]) => rooms.map(({ name }) => name)

const walden = of(1, 'Walden')
const chapter = of(2, 'Chapter 3', { parent_id: walden.id })
const tenth = of(3, 'Chapter 10', { parent_id: walden.id })
const tea = of(4, 'Tea', { workspace_id: 'w2' })
const teo = of(5, 'Teo', { kind: 'direct', workspace_id: null })
const membership = walden.membership && { ...walden.membership, pinned: true }
const top = of(6, 'Announcements', { membership })
const lost = of(7, 'Below a room one is not in', { parent_id: 'elsewhere' })

it('puts rooms under their workspaces and below each other, by name', () => {
  const {
    pinned,
    workspaces: groups,
    people,
  } = arrangeRooms([tenth, tea, teo, chapter, walden, top, lost], workspaces)
  expect(names(pinned)).toEqual(['Announcements'])
  expect(names(people)).toEqual(['Teo'])
  expect(groups.map(({ name }) => name)).toEqual(['Readers', 'Table'])
  expect(groups[0]?.rooms.map(({ room: { name }, below }) => [name, names(below)])).toEqual([
    ['Below a room one is not in', []],
    ['Walden', ['Chapter 3', 'Chapter 10']],
  ])
})

it('is walked through as it stands, and filtered by name', () => {
  const arranged = arrangeRooms([chapter, walden, teo, top], workspaces)
  expect(names(inOrder(arranged))).toEqual(['Announcements', 'Walden', 'Chapter 3', 'Teo'])
  expect(names(filterRooms([chapter, walden, teo], 'CHAP'))).toEqual(['Chapter 3'])
})
