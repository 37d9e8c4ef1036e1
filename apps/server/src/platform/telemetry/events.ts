import type { DatabaseMetrics } from '../database/metrics.ts'
import type { Observed } from '../http/server.ts'
import type { Metrics } from './metrics.ts'

/** One function per thing that is counted: the only place that knows the names of series. */
export interface PlatformEvents {
  readonly request: (request: Observed) => void
  readonly database: DatabaseMetrics
  readonly streamOpened: () => void
  readonly streamClosed: () => void
  readonly cacheState: (up: boolean) => void
}

export function platformEvents(metrics: Metrics): PlatformEvents {
  const requests = metrics.histogram('http_request_duration_seconds', 'Time to answer a request', [
    'operation',
    'method',
    'status',
  ])
  const transactions = metrics.histogram(
    'database_transaction_duration_seconds',
    'Time of a transaction with its retries',
    ['kind', 'outcome'],
  )
  const retries = metrics.counter('database_retries_total', 'Transactions that were tried again', [
    'kind',
    'reason',
  ])
  const streams = { open: 0 }
  metrics.gauge('event_streams_open', 'Event streams that are open', [], () => [
    { labels: {}, value: streams.open },
  ])
  const cache = { up: 1 }
  metrics.gauge('cache_up', 'Whether the cache server answers (1 without one)', [], () => [
    { labels: {}, value: cache.up },
  ])
  return {
    request: ({ operation, method, status, seconds }) =>
      requests.observe({ operation, method, status: String(status) }, seconds),
    database: {
      transaction: (kind, outcome, seconds) => transactions.observe({ kind, outcome }, seconds),
      retry: (kind, reason) => retries.inc({ kind, reason }),
    },
    streamOpened: () => {
      streams.open += 1
    },
    streamClosed: () => {
      streams.open -= 1
    },
    cacheState: (up) => {
      cache.up = up ? 1 : 0
    },
  }
}
