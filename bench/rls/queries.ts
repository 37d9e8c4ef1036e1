import { listHighlights } from '@stoa/server/capabilities/annotations/store/highlights.ts'
import { listNotes } from '@stoa/server/capabilities/annotations/store/notes.ts'
import { countMarks, countTags } from '@stoa/server/capabilities/annotations/store/tags.ts'
import { listLiveSessions } from '@stoa/server/capabilities/identity/store/sessions.ts'
import type { BookFilter } from '@stoa/server/capabilities/library/store/book-filter.ts'
import { listBooks } from '@stoa/server/capabilities/library/store/book-list.ts'
import { findBook } from '@stoa/server/capabilities/library/store/books.ts'
import { readPassages } from '@stoa/server/capabilities/library/store/contents.ts'
import { countLibrary } from '@stoa/server/capabilities/library/store/library-counts.ts'
import { bookTags, searchableContents } from '@stoa/server/capabilities/library/store/searchable.ts'
import { listShelves } from '@stoa/server/capabilities/library/store/shelves.ts'
import { positionsIn, readingTime } from '@stoa/server/capabilities/reading/store.ts'
import { listMembers } from '@stoa/server/capabilities/tenancy/store/members.ts'
import { listWorkspaces } from '@stoa/server/capabilities/tenancy/store/workspaces.ts'
import type { Tx } from '@stoa/server/platform/database/database.ts'
import { createPostgresSearch } from '@stoa/server/platform/search/postgres/postgres-search.ts'
import { parseQuery } from '@stoa/server/platform/search/query.ts'
import type { TestTenant } from '@stoa/testkit/identity'

type Query = (tx: Tx) => Promise<unknown>

/** What the screens ask, by name. */
export function queriesOf(tenant: TestTenant, ids: readonly string[]): ReadonlyMap<string, Query> {
  return new Map([...bookQueries(tenant, ids), ...markQueries(tenant, ids), ...otherQueries(tenant, ids)])
}

function bookQueries({ owner, workspaceId }: TestTenant, ids: readonly string[]): [string, Query][] {
  const scope: BookFilter = { accountId: owner.accountId, workspaceIds: [workspaceId], trashed: false }
  const page = { offset: 0, limit: 60 }
  const middle = { offset: ids.length >> 1, limit: 60 }
  const sorts = ['recently_read', 'recently_added', 'title', 'author', 'progress'] as const
  return [
    ...sorts.map((sort): [string, Query] => [`books by ${sort}`, (tx) => listBooks(tx, scope, sort, page)]),
    ...sorts.map((sort): [string, Query] => [
      `books by ${sort}, from the middle`,
      (tx) => listBooks(tx, scope, sort, middle),
    ]),
    ['books being read', (tx) => listBooks(tx, { ...scope, status: 'reading' }, 'title', page)],
    ['books in English', (tx) => listBooks(tx, { ...scope, language: 'en' }, 'title', page)],
    ['books by name', (tx) => listBooks(tx, { ...scope, nameQuery: 'book:* & 12:*' }, 'title', page)],
    ['one book', (tx) => findBook(tx, owner.accountId, [workspaceId], ids[7] ?? '')],
    ['counts of the library', (tx) => countLibrary(tx, owner.accountId, [workspaceId])],
    ['shelves', (tx) => listShelves(tx, [workspaceId])],
    ['passages of a book', (tx) => readPassages(tx, ids[3] ?? '', { from: 100, limit: 50 })],
    ['tags of books', (tx) => bookTags(tx, [workspaceId], '', 50)],
  ]
}

function markQueries({ owner, workspaceId }: TestTenant, ids: readonly string[]): [string, Query][] {
  const viewer = { accountId: owner.accountId, workspaceIds: [workspaceId] }
  const all = { ...viewer, mine: false, words: [] }
  const newest = { sort: 'newest', limit: 50 } as const
  return [
    ['highlights', (tx) => listHighlights(tx, all, newest)],
    [
      'highlights of a book',
      (tx) => listHighlights(tx, { ...all, bookId: ids[9] ?? '' }, { sort: 'book', limit: 50 }),
    ],
    ['highlights with a tag', (tx) => listHighlights(tx, { ...all, tag: 'tag 7' }, newest)],
    ['highlights with a word', (tx) => listHighlights(tx, { ...all, words: ['number 77'] }, newest)],
    ['notes', (tx) => listNotes(tx, all, newest)],
    ['notes of mine with a tag', (tx) => listNotes(tx, { ...all, mine: true, tag: 'tag 9' }, newest)],
    ['tags of marks', (tx) => countTags(tx, viewer, { limit: 50 })],
    ['counts of marks', (tx) => countMarks(tx, viewer)],
  ]
}

function otherQueries({ owner, workspaceId }: TestTenant, ids: readonly string[]): [string, Query][] {
  const engine = createPostgresSearch()
  const contentIds = ids.slice(0, 30)
  const search =
    (typed: string): Query =>
    (tx) =>
      engine.searchPassages(tx, parseQuery(typed), { contentIds }, 20)
  const documents = {
    ...{ accountId: owner.accountId, workspaceIds: [workspaceId], roomIds: [] },
    kinds: ['book', 'highlight', 'note'] as const,
  }
  return [
    ['search by words', search('water people through')],
    ['search by phrase', search('"of the"')],
    ['search by beginning', search('wat*')],
    ['search in books and marks', (tx) => engine.searchDocuments(tx, parseQuery('number'), documents, 20)],
    ['contents to search in', (tx) => searchableContents(tx, { workspaceIds: [workspaceId] })],
    ['positions in a book', (tx) => positionsIn(tx, owner.accountId, ids[9] ?? '')],
    [
      'reading statistics of a year',
      (tx) => readingTime(tx, owner.accountId, { from: '2025-12-01', to: '2026-12-01' }),
    ],
    ['sessions', (tx) => listLiveSessions(tx, owner.accountId, new Date())],
    ['members', (tx) => listMembers(tx, { limit: 50, byEmail: false })],
    ['workspaces', (tx) => listWorkspaces(tx, { all: false })],
  ]
}
