import type { components } from '@stoa/contracts'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ok } from './api.ts'
import { ApiError } from './problem.ts'

export type ReadingSettings = components['schemas']['ReadingSettings']

/** How books look before anybody chose: the figures of the design. Lengths in pixels, measure in em. */
export const USUAL_READING: ReadingSettings = {
  version: 0,
  flow: 'paginated',
  theme: 'auto',
  font: 'serif',
  size: 19,
  leading: 1.65,
  margin: 48,
  measure: 33,
  justify: false,
  columns: 1,
}

const readingSettingsQuery = queryOptions({
  queryKey: ['reading-settings'],
  queryFn: () => ok(api.GET('/api/v1/reading/settings')),
})

type Change = Partial<Omit<ReadingSettings, 'version'>>

/** Stores a change over what is stored; changed elsewhere in the meantime, it goes over that instead: the later wins. */
async function store(change: Change, current: ReadingSettings, again = true): Promise<ReadingSettings> {
  try {
    return await ok(api.PUT('/api/v1/reading/settings', { body: { ...current, ...change } }))
  } catch (error) {
    if (!(again && error instanceof ApiError && error.status === 409)) throw error
    return store(change, await ok(api.GET('/api/v1/reading/settings')), false)
  }
}

/** How books look for this account, on every device. `change` shows at once and is stored behind it, one after another. */
export function useReadingSettings(): {
  settings: ReadingSettings
  change: (change: Change) => void
  query: ReturnType<typeof useQuery<ReadingSettings>>
  failure: unknown
} {
  const queries = useQueryClient()
  const query = useQuery(readingSettingsQuery)
  const { queryKey } = readingSettingsQuery
  const save = useMutation({
    scope: { id: 'reading-settings' },
    mutationFn: ({ change, version }: { change: Change; version: number }) => {
      const shown = queries.getQueryData(queryKey) ?? USUAL_READING
      return store(change, { ...shown, version: Math.max(version, shown.version) })
    },
    onMutate: ({ change }) => {
      queries.setQueryData(queryKey, (before = USUAL_READING) => ({ ...before, ...change }))
    },
    onSuccess: ({ version }) => {
      queries.setQueryData(queryKey, (shown) => shown && { ...shown, version })
    },
    onError: () => queries.invalidateQueries({ queryKey }),
  })
  const settings = query.data ?? USUAL_READING
  return {
    settings,
    change: (change) => save.mutate({ change, version: settings.version }),
    query,
    failure: save.error,
  }
}
