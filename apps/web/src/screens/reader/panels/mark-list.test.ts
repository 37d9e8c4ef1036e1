import { expect, test } from 'vitest'
import type { LocalHighlight, LocalNote } from '../../../offline/types.ts'
import { filterMarks, tagsOf } from './mark-list.ts'

const common = {
  book_id: 'b',
  book_title: 'B',
  workspace_id: 'w',
  visibility: 'private' as const,
  author: { account_id: 'a', display_name: 'A' },
  mine: true,
  version: 1,
  created_at: '',
  updated_at: '',
  deleted_at: null,
  pending: false,
}
const highlight = (id: string, page: number, more: Partial<LocalHighlight> = {}): LocalHighlight => ({
  ...common,
  id,
  locator: { type: 'pdf', page },
  quote: { exact: id, prefix: '', suffix: '' },
  chapter: null,
  color: 'amber',
  note: null,
  tags: [],
  anchor_status: 'exact',
  ...more,
})
const note = (id: string, page: number | undefined, tags: string[] = []): LocalNote => ({
  ...common,
  id,
  highlight_id: null,
  locator: page === undefined ? null : { type: 'pdf', page },
  quote: null,
  title: null,
  body: id,
  tags,
})
const marks = {
  highlights: [
    highlight('h2', 2, { color: 'sky', tags: ['b'] }),
    highlight('h9', 9),
    highlight('gone', 1, { anchor_status: 'lost' }),
  ],
  notes: [note('n5', 5, ['a']), note('whole', undefined)],
}
const ids = (filter: Parameters<typeof filterMarks>[1]) =>
  filterMarks(marks, filter).found.map(({ row }) => row.id)

test('marks come in reading order, the lost apart', () => {
  expect(ids({ ink: undefined, tag: undefined })).toEqual(['whole', 'h2', 'n5', 'h9'])
  expect(filterMarks(marks, { ink: undefined, tag: undefined }).lost.map(({ id }) => id)).toEqual(['gone'])
})

test('ink and tag narrow them; a note has no ink', () => {
  expect(ids({ ink: 'sky', tag: undefined })).toEqual(['h2'])
  expect(ids({ ink: undefined, tag: 'a' })).toEqual(['n5'])
  expect(tagsOf(marks)).toEqual(['a', 'b'])
})
