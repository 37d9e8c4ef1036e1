import { afterEach, expect, test, vi } from 'vitest'
import { client } from '../../../data/api.ts'
import type { BoardDetail } from '../../../data/boards.ts'
import { author, board, detail } from '../mock.ts'
import { authorEntries } from './author-entries.ts'

const [owner, moderator, somebody] = [author(1), author(3), author(4)]
const none = { post: true, comment: true, moderate: false, own: false, settings: false }
const rights = {
  reader: none,
  moderator: { ...none, moderate: true },
  owner: { ...none, moderate: true, own: true },
} satisfies Record<string, BoardDetail['can']>

const labels = (as: keyof typeof rights, about: typeof owner, given = {}) =>
  authorEntries({ ...detail(board(1, 'Walks', { can: rights[as] })), ...given }, about, () => {}).map(
    (entry) => (typeof entry === 'object' && 'label' in entry ? entry.label : entry),
  )

afterEach(() => {
  vi.restoreAllMocks()
})

test('readers do nothing about authors, and nobody about the owner', () => {
  expect(labels('reader', somebody)).toEqual([])
  expect(labels('moderator', owner)).toEqual([])
})

test('moderators ban and allow again, but not each other', () => {
  expect(labels('moderator', somebody)).toEqual(['Ban Teo Marsh from this board'])
  expect(labels('moderator', somebody, { banned: [somebody] })).toEqual(['Allow Teo Marsh again'])
  expect(labels('moderator', moderator)).toEqual([])
})

test('the owner makes moderators, takes their role, and bans them, too', () => {
  const ban = 'Ban Teo Marsh from this board'
  expect(labels('owner', somebody)).toEqual(['Make Teo Marsh a moderator', ban])
  expect(labels('owner', somebody, { moderators: [somebody] })).toEqual([
    'Take the role of moderator from Teo Marsh',
    ban,
  ])
})

test('where only named people post, moderators name them', () => {
  const granted = { access: 'granted' as const }
  const ban = 'Ban Teo Marsh from this board'
  expect(labels('moderator', somebody, granted)).toEqual(['Let Teo Marsh post', ban])
  expect(labels('moderator', somebody, { ...granted, authors: [somebody] })).toEqual([ban])
})

test('a role is given and taken by its name, a ban lifted', async () => {
  const call = vi.spyOn(client, 'call').mockReturnValue(new Promise<never>(() => {}))
  const choose = (given: object, label: string) => {
    const of = { ...detail(board(1, 'Walks', { can: rights.owner })), ...given }
    for (const entry of authorEntries(of, somebody, () => {}))
      if (typeof entry === 'object' && 'onSelect' in entry && entry.label === label) entry.onSelect()
  }
  choose({}, 'Make Teo Marsh a moderator')
  choose({ moderators: [somebody] }, 'Take the role of moderator from Teo Marsh')
  choose({ banned: [somebody] }, 'Allow Teo Marsh again')
  const path = { board_id: board(1, '').id }
  const { author_id } = somebody
  const role = 'moderator'
  expect(call.mock.calls).toEqual([
    ['moderateBoard', { path, body: { action: 'grant', author_id, role } }],
    ['moderateBoard', { path, body: { action: 'revoke', author_id, role } }],
    ['moderateBoard', { path, body: { action: 'unban', author_id } }],
  ])
})
