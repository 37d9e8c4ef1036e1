import { QueryClient } from '@tanstack/react-query'
import { session } from './browser-session.ts'
import { ApiError } from './problem.ts'

const retriable = (error: unknown) => !(error instanceof ApiError) || error.status >= 500

/**
 * Conventions: a query key starts with the resource's name as in the contract (`['books', filter]`, `['members']`), so that
 * `invalidateQueries({ queryKey: ['books'] })` reaches every view of it. Mutations never retry by themselves: pass an
 * `idempotencyKey` made once per act and let the person or the offline queue try again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 30 * 60_000,
      networkMode: 'offlineFirst',
      retry: (count, error) => count < 2 && retriable(error),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** Nothing of one account or organisation is ever shown in another. */
export function clearOnChangeOfPlace(): void {
  const placeOf = () => {
    const state = session.current()
    return state.status === 'signed-in'
      ? `${state.identity.account.id}/${state.identity.tenant?.tenant_id}`
      : state.status
  }
  let place = placeOf()
  session.subscribe(() => {
    const next = placeOf()
    if (next === place) return
    if (place !== 'starting') queryClient.clear()
    place = next
  })
}
