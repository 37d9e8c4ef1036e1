import { describe, expect, it } from 'vitest'
import type { LocalHighlight, LocalNote } from '../../offline/types.ts'
import { isFiltered, readNotesAddress, withPart } from './address.ts'
import { arrange, booksIn, filterMarks, marksOf, passageOf, readTags, tagsIn } from './marks.ts'

const common = {
  workspace_id: 'w',
  tags: [] as string[],
  visibility: 'private' as const,
  author: { account_id: 'a', display_name: 'Anna' },
  mine: true,
  version: 1,
  updated_at: '2026-11-01T00:00:00Z',
  deleted_at: null,
  pending: false,
}
const highlight = (id: string, given: Partial<LocalHighlight> = {}): LocalHighlight => ({
  ...common,
  id,
  book_id: 'walden',
  book_title: 'Walden',
  locator: { type: 'epub', cfi: 'epubcfi(/6/4!/4/2)', fraction: 0.5 },
  quote: { exact: 'A path to the pond', prefix: '', suffix: '' },
  chapter: null,
  color: 'amber',
  note: null,
  anchor_status: 'exact',
  created_at: '2026-11-01T00:00:00Z',
  ...given,
})
const note = (id: string, given: Partial<LocalNote> = {}): LocalNote => ({
  ...common,
  id,
  book_id: null,
  book_title: null,
  highlight_id: null,
  locator: null,
  quote: null,
  title: null,
  body: '路在脚下',
  created_at: '2026-11-02T00:00:00Z',
  ...given,
})

const marks = marksOf(
  [
    highlight('h1', { tags: ['walks'], color: 'sage' }),
    highlight('h2', {
      created_at: '2026-11-03T00:00:00Z',
      locator: { type: 'epub', cfi: 'epubcfi(/6/2!/4/2)', fraction: 0.1 },
      mine: false,
    }),
    highlight('gone', { deleted_at: '2026-11-03T00:00:00Z' }),
  ],
  [note('n1', { tags: ['walks', 'home'] })],
)
const ids = (list: typeof marks) => list.map(({ row }) => row.id)

describe('the list of marks', () => {
  it('is newest first, without what was removed', () => {
    expect(ids(marks)).toEqual(['h2', 'n1', 'h1'])
  })

  it('is left by ink, tag, book, owner and words together', () => {
    expect(ids(filterMarks(marks, { ink: 'sage' }))).toEqual(['h1'])
    expect(ids(filterMarks(marks, { tag: 'walks' }))).toEqual(['n1', 'h1'])
    expect(ids(filterMarks(marks, { book: 'none' }))).toEqual(['n1'])
    expect(ids(filterMarks(marks, { whose: 'shared' }))).toEqual(['h2'])
    expect(ids(filterMarks(marks, { q: 'POND path', whose: 'mine' }))).toEqual(['h1'])
    expect(ids(filterMarks(marks, { q: '脚下' }))).toEqual(['n1'])
  })

  it('stands by book as the marks stand in it, notes of no book last', () => {
    expect(arrange(marks, 'book').map(({ key }) => key)).toEqual([
      'book:walden',
      'highlight:h2',
      'highlight:h1',
      'book:null',
      'note:n1',
    ])
  })

  it('counts tags and books', () => {
    expect(tagsIn(marks).map(({ key, count }) => [key, count])).toEqual([
      ['walks', 2],
      ['home', 1],
    ])
    expect(booksIn(marks).map(({ name, count }) => [name, count])).toEqual([
      ['Walden', 2],
      [null, 1],
    ])
  })
})

it('opens a mark where it stands, and a note without a book nowhere', () => {
  expect(marks.map(passageOf)).toEqual([
    { bookId: 'walden', search: { highlight: 'h2', cfi: 'epubcfi(/6/2!/4/2)' } },
    undefined,
    { bookId: 'walden', search: { highlight: 'h1', cfi: 'epubcfi(/6/4!/4/2)' } },
  ])
})

it('reads tags as they are typed', () => {
  expect(readTags(' #walks, home，路、walks,, ')).toEqual(['walks', 'home', '路'])
  expect(readTags('x'.repeat(80))[0]).toHaveLength(64)
})

it('reads an address, changes a part of it, and knows what leaves something out', () => {
  const address = readNotesAddress({ ink: 'sage', whose: 'anybody', tag: 7, by: 'book', q: ' ' })
  expect(address).toEqual({ ink: 'sage', tag: '7', by: 'book' })
  expect(withPart(address, 'ink', undefined)).toEqual({ tag: '7', by: 'book' })
  expect(isFiltered({ by: 'book' })).toBe(false)
  expect(isFiltered(address)).toBe(true)
})
