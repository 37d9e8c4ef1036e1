import type { Entry } from '@stoa/sdk'
import { expect, test } from 'vitest'
import type { Highlight, Write } from '../../../offline/types.ts'
import { conflictsIn, shownFields } from './conflict.ts'

const theirs: Highlight = {
  id: 'h',
  book_id: 'b',
  book_title: 'B',
  workspace_id: 'w',
  locator: { type: 'pdf', page: 0 },
  quote: { exact: 'x', prefix: '', suffix: '' },
  chapter: null,
  color: 'sky',
  note: 'theirs',
  tags: [],
  visibility: 'private',
  anchor_status: 'exact',
  author: { account_id: 'a', display_name: 'A' },
  mine: true,
  version: 4,
  created_at: '',
  updated_at: '',
  deleted_at: null,
}
const entry = (
  state: Entry<Write>['state'],
  fields: string[],
  problem: unknown = { fields, theirs },
): Entry<Write> => ({
  seq: 7,
  target: 'highlight:h',
  state,
  createdAt: 0,
  write: { kind: 'highlight.update', id: 'h', version: 2, base: { note: null }, changes: { note: 'mine' } },
  problem,
})

test('conflicts of this book, and no other entries', () => {
  expect(conflictsIn([entry('conflict', ['note'])], 'b')).toHaveLength(1)
  expect(conflictsIn([entry('waiting', ['note'])], 'b')).toEqual([])
  expect(conflictsIn([entry('conflict', ['note'])], 'other')).toEqual([])
  expect(conflictsIn([entry('conflict', [], new Error('x'))], 'b')).toEqual([])
})

test('both sides of each field that differs', () => {
  const [conflict] = conflictsIn([entry('conflict', ['note'])], 'b')
  expect(conflict && shownFields(conflict)).toEqual([{ name: 'note', mine: 'mine', theirs: 'theirs' }])
})

test('where a mark stands is one choice', () => {
  const [conflict] = conflictsIn([entry('conflict', ['locator', 'anchor_status'])], 'b')
  expect(conflict && shownFields(conflict).map(({ name }) => name)).toEqual(['locator'])
})
