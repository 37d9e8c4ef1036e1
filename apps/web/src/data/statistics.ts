import type { components } from '@stoa/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, ok } from './api.ts'

export type ReadingStatistics = components['schemas']['ReadingStatistics']

/** Reading time between two local dates, both included: `2026-11-01`. */
export const statisticsQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['reading-statistics', from, to],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/reading/statistics', { params: { query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
  })
