import type { components } from '@stoa/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, ok } from './api.ts'

type Schemas = components['schemas']
export type SearchHit = Schemas['SearchHit']
export type SearchKind = Schemas['SearchKind']
export type SearchResults = Schemas['SearchResults']
export type Snippet = Schemas['Snippet']

export const SEARCH_KINDS: readonly SearchKind[] = [
  'book',
  'passage',
  'highlight',
  'note',
  'message',
  'document',
  'post',
  'tag',
]

/** What is looked for, and where. */
export interface SearchFor {
  readonly q: string
  readonly kinds?: readonly SearchKind[]
  readonly bookId?: string
}

/** Hits per page. */
const PAGE = 30

/** One page of what is found. @throws ApiError (422 `search.nothing_to_find`: no word in it), OfflineError */
export function searchOnce(
  { q, kinds, bookId }: SearchFor,
  page: { limit: number; cursor?: string; signal?: AbortSignal },
): Promise<SearchResults> {
  const query = {
    q,
    limit: page.limit,
    kinds: [...(kinds?.length ? kinds : SEARCH_KINDS)],
    ...(bookId !== undefined && { book_id: bookId }),
    ...(page.cursor !== undefined && { cursor: page.cursor }),
  }
  return ok(api.GET('/api/v1/search', { params: { query }, ...(page.signal && { signal: page.signal }) }))
}

/** All pages; while one types, the hits of the words before stay. */
export const searchQuery = (what: SearchFor) =>
  infiniteQueryOptions({
    queryKey: ['search', what],
    queryFn: ({ pageParam, signal }) =>
      searchOnce(what, { limit: PAGE, signal, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: what.q !== '',
  })

/** How many hits there are of each kind and in each book, with nothing else of them. */
export const facetsQuery = (what: SearchFor) =>
  queryOptions({
    queryKey: ['search', what, 'facets'],
    queryFn: async ({ signal }) => (await searchOnce(what, { limit: 1, signal })).facets,
    placeholderData: keepPreviousData,
  })
