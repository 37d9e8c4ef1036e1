import { queryOptions } from '@tanstack/react-query'
import { ok, openApi } from '../../data/api.ts'

/** Whether the installation has an owner, and how one signs in. */
export const setupStateQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => ok(openApi.GET('/api/v1/setup')),
  staleTime: Number.POSITIVE_INFINITY,
})
