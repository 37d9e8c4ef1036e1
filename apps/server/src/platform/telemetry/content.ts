import type { Metrics, Sample } from './metrics.ts'

/** What the content plane counts. */
export interface ContentCounters {
  /** A content was asked of other nodes; `null`: it came. */
  fetched(reason: string | null, seconds: number, bytes: number): void
  /** A reader asked for content: was it here? */
  lookedUp(hit: boolean): void
  /** Records that came from others. */
  received(outcome: 'new' | 'known' | 'refused' | 'ahead', count: number): void
  /** One comparison with a peer ended; `ok` or an error's code. */
  synced(outcome: string, seconds: number): void
  served(
    protocol: 'fetch' | 'sync',
    outcome: 'ok' | 'not_found' | 'refused' | 'malformed',
    bytes: number,
  ): void
  evicted(count: number, bytes: number): void
}

/** What is read when the series are asked for; `null`: nothing can be said yet, the series is left out. */
export interface ContentGauges {
  readonly successRate: number | null
  readonly latencyP95: number | null
  readonly hitRate: number | null
  readonly lagSeconds: number | null
  readonly running: number
  readonly missingRecords: number
  readonly peers: readonly { readonly peer: string; readonly missing: number; readonly lag: number }[]
}

export interface ContentTelemetry {
  readonly counters: ContentCounters
  watch(read: () => ContentGauges): void
}

/** Names of the content plane's series; what they mean for whoever runs a node: docs/runbook/boards.md. */
export function contentTelemetry(metrics: Metrics): ContentTelemetry {
  return { counters: countersOf(metrics), watch: (read) => watch(metrics, read) }
}

function countersOf(metrics: Metrics): ContentCounters {
  const fetches = metrics.histogram('content_fetch_duration_seconds', 'Fetches from other nodes', ['outcome'])
  const bytes = metrics.counter('content_fetch_bytes_total', 'Bytes fetched from other nodes')
  const lookups = metrics.counter('blob_cache_lookups_total', 'Content that readers asked for', ['outcome'])
  const records = metrics.counter('board_records_received_total', 'Records from other nodes', ['outcome'])
  const syncs = metrics.histogram('sync_duration_seconds', 'Comparisons with other nodes', ['outcome'])
  const served = metrics.counter('content_served_total', 'Answers to other nodes', ['protocol', 'outcome'])
  const sent = metrics.counter('content_served_bytes_total', 'Bytes sent to other nodes', ['protocol'])
  const evicted = metrics.counter('blob_cache_evicted_total', 'Content given up for room')
  const evictedBytes = metrics.counter('blob_cache_evicted_bytes_total', 'Bytes given up for room')
  return {
    fetched(reason, seconds, count) {
      fetches.observe({ outcome: reason ?? 'ok' }, seconds)
      bytes.inc(count)
    },
    lookedUp: (hit) => lookups.inc({ outcome: hit ? 'hit' : 'miss' }),
    received: (outcome, count) => records.inc({ outcome }, count),
    synced: (outcome, seconds) => syncs.observe({ outcome }, seconds),
    served(protocol, outcome, count) {
      served.inc({ protocol, outcome })
      sent.inc({ protocol }, count)
    },
    evicted(count, size) {
      evicted.inc(count)
      evictedBytes.inc(size)
    },
  }
}

function watch(metrics: Metrics, read: () => ContentGauges): void {
  const one = (value: number | null): Sample<never>[] => (value === null ? [] : [{ labels: {}, value }])
  const gauge = (name: string, help: string, value: (gauges: ContentGauges) => number | null) =>
    metrics.gauge(name, help, [], () => one(value(read())))
  gauge('content_fetch_success_rate', 'Of the last 1000 fetches', (now) => now.successRate)
  gauge('content_fetch_latency_p95', 'Seconds, of the last 1000 fetches', (now) => now.latencyP95)
  gauge('blob_cache_hit_rate', 'Of the last 1000 contents that readers asked for', (now) => now.hitRate)
  gauge('sync_lag_seconds', 'Since something is missing that others say they hold', (now) => now.lagSeconds)
  gauge('content_fetches_running', 'Fetches that go on', (now) => now.running)
  gauge('sync_missing_records', 'Records that others say they hold', (now) => now.missingRecords)
  metrics.gauge('sync_peer_lag_seconds', 'The same as sync_lag_seconds, to each node', ['peer'], () =>
    read().peers.map(({ peer, lag }) => ({ labels: { peer }, value: lag })),
  )
}
