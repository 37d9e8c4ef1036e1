import { expect, it } from 'vitest'
import type { SearchHit } from '../../data/search.ts'
import { targetOf } from './hit-target.ts'

const hit = (given: Partial<SearchHit>): SearchHit => ({
  kind: 'passage',
  id: 'h1',
  score: 1,
  title: 'Walden',
  snippet: [],
  book_id: 'b1',
  book_title: 'Walden',
  book_authors: [],
  cover: null,
  chapter: null,
  locator: null,
  quote: null,
  color: null,
  author: null,
  language: 'en',
  updated_at: null,
  ...given,
})

it('opens passages at their words, pages counted from one', () => {
  const quote = { exact: ' a path to the pond ', prefix: '', suffix: '' }
  const locator = { type: 'pdf' as const, page: 11 }
  expect(targetOf(hit({ locator, quote }))).toEqual({
    to: 'book',
    bookId: 'b1',
    search: { page: 12, q: 'a path to the pond' },
  })
  const cfi = 'epubcfi(/6/4!/4/2)'
  expect(targetOf(hit({ kind: 'highlight', locator: { type: 'epub', cfi } }))).toMatchObject({
    search: { highlight: 'h1', cfi },
  })
})

it('opens a document', () => {
  const found = hit({ kind: 'document', id: 'd1', book_id: null })
  expect(targetOf(found)).toEqual({ to: 'document', documentId: 'd1' })
})

it('opens a book where one stopped, a tag and a free note among the notes', () => {
  expect(targetOf(hit({ kind: 'book' }))).toEqual({ to: 'book', bookId: 'b1', search: {} })
  expect(targetOf(hit({ kind: 'tag', id: 'walks', book_id: null }))).toEqual({
    to: 'notes',
    search: { tag: 'walks' },
  })
  expect(targetOf(hit({ kind: 'note', title: 'To buy', book_id: null }))).toEqual({
    to: 'notes',
    search: { q: 'To buy' },
  })
})
