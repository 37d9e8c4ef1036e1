import type { components, paths } from '@stoa/contracts'
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { api, ok } from './api.ts'

type Schemas = components['schemas']
export type Book = Schemas['Book']
export type Shelf = Schemas['Shelf']
export type LibrarySummary = Schemas['LibrarySummary']

type ListQuery = NonNullable<paths['/api/v1/books']['get']['parameters']['query']>
export type BookSort = NonNullable<ListQuery['sort']>
/** What a list of books shows: everything of the contract's query but the page. */
export type BookFilter = Omit<ListQuery, 'cursor' | 'limit' | 'offset'>

/** Books per request: about two screens of a large grid. */
export const BOOK_PAGE = 60

export const booksQuery = (filter: BookFilter, page: number) =>
  queryOptions({
    queryKey: ['books', filter, page],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/books', {
          params: { query: { ...filter, limit: BOOK_PAGE, ...(page > 0 && { offset: page * BOOK_PAGE }) } },
          signal,
        }),
      ),
  })

export const bookQuery = (bookId: string) =>
  queryOptions({
    queryKey: ['books', bookId],
    queryFn: () => ok(api.GET('/api/v1/books/{book_id}', { params: { path: { book_id: bookId } } })),
  })

export const summaryQuery = queryOptions({
  queryKey: ['library-summary'],
  queryFn: () => ok(api.GET('/api/v1/library/summary')),
})

export const shelvesQuery = queryOptions({
  queryKey: ['shelves'],
  queryFn: () => ok(api.GET('/api/v1/shelves')),
})

export interface BookWindow {
  /** All books that fit the filter; `undefined` until the first page is here. */
  readonly total: number | undefined
  /** The book at a place in the whole list; `undefined` while its page is on the way. */
  readonly at: (index: number) => Book | undefined
  readonly error: unknown
  readonly retry: () => void
}

/** Page one, the pages of these places, and one on either side: who scrolls on finds it there. */
export function pagesAround(first: number, last: number, total: number | undefined): number[] {
  const end = total === undefined ? 0 : Math.max(0, Math.ceil(total / BOOK_PAGE) - 1)
  const from = Math.min(end, Math.max(0, Math.floor(first / BOOK_PAGE) - 1))
  const to = Math.min(end, Math.floor(last / BOOK_PAGE) + 1)
  return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, step) => from + step)])]
}

/**
 * The part of a list of any length that is looked at: the pages that hold the places from `first` to `last` with their
 * neighbours, and page one for the count. The others are not asked for, so that 100,000 books scroll like fifty.
 */
export function useBookWindow(filter: BookFilter, first: number, last: number): BookWindow {
  const known = useQuery(booksQuery(filter, 0)).data?.total
  const pages = pagesAround(first, last, known)
  const results = useQueries({ queries: pages.map((page) => booksQuery(filter, page)) })
  const byPage = new Map(pages.map((page, index) => [page, results[index]]))
  const failed = results.find((result) => result.isError && result.data === undefined)
  return {
    total: byPage.get(0)?.data?.total,
    at: (index) => byPage.get(Math.floor(index / BOOK_PAGE))?.data?.items[index % BOOK_PAGE],
    error: failed?.error,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch()
    },
  }
}
