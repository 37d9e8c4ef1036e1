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

/** How a fetch ends. */
const FETCH_OUTCOMES = [
  'ok',
  'no_peers',
  'not_found',
  'timeout',
  'stalled',
  'wrong_bytes',
  'too_large',
  'refused',
  'busy',
  'failed',
  'local_failure',
]

/** Names of the content plane's series; what they mean for whoever runs a node: docs/runbook/boards.md. */
export function contentTelemetry(metrics: Metrics): ContentTelemetry {
  return { counters: countersOf(metrics), watch: (read) => watch(metrics, read) }
}

function seriesOf(metrics: Metrics) {
  const [outcome, protocol] = ['outcome', 'protocol'] as const
  return {
    fetches: metrics.histogram('content_fetch_duration_seconds', 'Fetches from other nodes', [outcome]),
    bytes: metrics.counter('content_fetch_bytes_total', 'Bytes fetched from other nodes'),
    lookups: metrics.counter('blob_cache_lookups_total', 'Content that readers asked for', [outcome]),
    records: metrics.counter('board_records_received_total', 'Records from other nodes', [outcome]),
    syncs: metrics.histogram('sync_duration_seconds', 'Comparisons with other nodes', [outcome]),
    served: metrics.counter('content_served_total', 'Answers to other nodes', [protocol, outcome]),
    sent: metrics.counter('content_served_bytes_total', 'Bytes sent to other nodes', [protocol]),
    evicted: metrics.counter('blob_cache_evicted_total', 'Content given up for room'),
    evictedBytes: metrics.counter('blob_cache_evicted_bytes_total', 'Bytes given up for room'),
  }
}

/** There from the beginning: a series that appears with its first value has not increased, and wakes no alert. */
function beginAtZero({ fetches, lookups, records, syncs, served, sent }: ReturnType<typeof seriesOf>): void {
  for (const outcome of FETCH_OUTCOMES) fetches.zero({ outcome })
  for (const outcome of ['hit', 'miss']) lookups.inc({ outcome }, 0)
  for (const outcome of ['new', 'known', 'refused', 'ahead']) records.inc({ outcome }, 0)
  syncs.zero({ outcome: 'ok' })
  for (const protocol of ['fetch', 'sync']) {
    sent.inc({ protocol }, 0)
    for (const outcome of ['ok', 'not_found', 'refused', 'malformed']) served.inc({ protocol, outcome }, 0)
  }
}

function countersOf(metrics: Metrics): ContentCounters {
  const series = seriesOf(metrics)
  beginAtZero(series)
  return {
    fetched(reason, seconds, count) {
      series.fetches.observe({ outcome: reason ?? 'ok' }, seconds)
      series.bytes.inc(count)
    },
    lookedUp: (hit) => series.lookups.inc({ outcome: hit ? 'hit' : 'miss' }),
    received: (outcome, count) => series.records.inc({ outcome }, count),
    synced: (outcome, seconds) => series.syncs.observe({ outcome }, seconds),
    served(protocol, outcome, count) {
      series.served.inc({ protocol, outcome })
      series.sent.inc({ protocol }, count)
    },
    evicted(count, size) {
      series.evicted.inc(count)
      series.evictedBytes.inc(size)
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
