import type { Entry } from '@stoa/sdk'
import { expect, it } from 'vitest'
import type { Highlight, Write } from '../offline/types.ts'
import { bothSides, conflictsIn, overTheirs } from './conflicts.ts'

const theirs: Highlight = {
  id: 'h1',
  book_id: 'b',
  book_title: 'Walden',
  workspace_id: 'w',
  locator: { type: 'pdf', page: 3 },
  quote: { exact: 'path', prefix: '', suffix: '' },
  chapter: null,
  color: 'rose',
  note: 'theirs',
  tags: ['walks'],
  visibility: 'private',
  anchor_status: 'exact',
  author: { account_id: 'a', display_name: 'Anna' },
  mine: true,
  version: 5,
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
  deleted_at: null,
}
const write: Write = {
  kind: 'highlight.update',
  id: 'h1',
  version: 3,
  base: { note: null, tags: [] },
  changes: { note: 'mine', tags: ['home'] },
}
const entry = (given: Partial<Entry<Write>>): Entry<Write> => ({
  seq: 1,
  target: 'highlight:h1',
  write,
  state: 'conflict',
  createdAt: 0,
  problem: { fields: ['note'], theirs },
  ...given,
})

it('shows both sides of what is in question, and nothing else', () => {
  const found = conflictsIn([
    entry({}),
    entry({ seq: 2, state: 'waiting' }),
    entry({ seq: 3, problem: 'gone' }),
  ])
  expect(found.map(({ seq }) => seq)).toEqual([1])
  expect(found.flatMap(bothSides)).toEqual([{ name: 'note', mine: 'mine', theirs: 'theirs' }])
})

it('sends our side over theirs', () => {
  expect(conflictsIn([entry({})]).map(overTheirs)).toEqual([
    { ...write, version: 5, base: { note: 'theirs', tags: ['walks'] } },
  ])
})

it('takes those of one book where one is named', () => {
  expect(conflictsIn([entry({})], 'b')).toHaveLength(1)
  expect(conflictsIn([entry({})], 'another')).toEqual([])
})

it('makes one choice of where a mark stands', () => {
  const problem = { fields: ['locator', 'anchor_status'], theirs }
  expect(
    conflictsIn([entry({ problem })])
      .flatMap(bothSides)
      .map(({ name }) => name),
  ).toEqual(['locator'])
})
