import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { orKept } from '../offline/or-kept.ts'
import { api, ok } from './api.ts'

/** Workspaces the caller belongs to; owners and admins see all. Archived ones among them. */
export const workspacesQuery = queryOptions({
  queryKey: ['workspaces'],
  queryFn: () => orKept('workspaces', () => ok(api.GET('/api/v1/workspaces'))),
})

const PAGE = 100

/** Members of the organisation whose name holds `query`, page by page. Guests may not ask. */
export const membersQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['members', { query }],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/api/v1/members', {
          params: {
            query: {
              limit: PAGE,
              ...(query !== '' && { query }),
              ...(pageParam !== '' && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
