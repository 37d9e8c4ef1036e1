import type { DatabaseMetrics } from '../database/metrics.ts'
import type { Observed } from '../http/server.ts'
import type { JobMetrics } from '../jobs/jobs.ts'
import type { OutboundCall } from '../outbound/create-outbound.ts'
import type { Metrics } from './metrics.ts'

/** One function per thing that is counted: the only place that knows the names of series. */
export interface PlatformEvents {
  readonly request: (request: Observed) => void
  readonly database: DatabaseMetrics
  readonly jobs: JobMetrics
  readonly swept: (what: string, count: number) => void
  readonly stream: { opened(): void; closed(): void }
  readonly cacheState: (up: boolean) => void
  readonly rateLimitFallback: () => void
  readonly outbound: (call: OutboundCall) => void
  readonly realtime: RealtimeEvents
  readonly peers: PeerEvents
}

export interface PeerEvents {
  /** A request to another node has ended. */
  readonly asked: (protocol: string, outcome: string, milliseconds: number) => void
  /** A request of another node has been answered. */
  readonly served: (protocol: string, outcome: string, milliseconds: number) => void
}

export interface RealtimeEvents {
  /** A socket came or went. */
  readonly connections: (kind: string, transport: string, change: 1 | -1) => void
  /** The gateway has ended a connection. */
  readonly closed: (reason: string, transport: string) => void
  /** A client did not take what it was sent. */
  readonly slow: (outcome: 'resynced' | 'closed', transport: string) => void
  /** Calls to a process of a service fail at once; or pass again. */
  readonly circuit: (service: string, address: string, open: boolean) => void
  /** A group commit of documents has ended. */
  readonly commit: (outcome: 'committed' | 'failed', operations: number, seconds: number) => void
}

export function platformEvents(metrics: Metrics): PlatformEvents {
  return {
    request: requestEvents(metrics),
    database: databaseEvents(metrics),
    jobs: jobEvents(metrics),
    swept: sweptEvents(metrics),
    stream: streamEvents(metrics),
    outbound: outboundEvents(metrics),
    realtime: realtimeEvents(metrics),
    peers: peerEvents(metrics),
    ...cacheEvents(metrics),
  }
}

function peerEvents(metrics: Metrics): PeerEvents {
  const labels = ['protocol', 'outcome'] as const
  const asked = metrics.histogram(
    'peer_request_duration_seconds',
    'Time until another node has answered',
    labels,
  )
  const served = metrics.histogram('peer_serve_duration_seconds', 'Time to answer another node', labels)
  return {
    asked: (protocol, outcome, ms) => asked.observe({ protocol, outcome }, ms / 1000),
    served: (protocol, outcome, ms) => served.observe({ protocol, outcome }, ms / 1000),
  }
}

function requestEvents(metrics: Metrics): PlatformEvents['request'] {
  const labels = ['operation', 'method', 'status'] as const
  const requests = metrics.histogram('http_request_duration_seconds', 'Time to answer a request', labels)
  return ({ operation, method, status, seconds }) =>
    requests.observe({ operation, method, status: String(status) }, seconds)
}

function databaseEvents(metrics: Metrics): DatabaseMetrics {
  const transactions = metrics.histogram(
    'database_transaction_duration_seconds',
    'Time of a transaction with its retries',
    ['kind', 'outcome'],
  )
  const retries = metrics.counter('database_retries_total', 'Transactions tried again', ['kind', 'reason'])
  return {
    transaction: (kind, outcome, seconds) => transactions.observe({ kind, outcome }, seconds),
    retry: (kind, reason) => retries.inc({ kind, reason }),
  }
}

const JOB_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800]

function jobEvents(metrics: Metrics): JobMetrics {
  const runs = metrics.histogram(
    'job_duration_seconds',
    'Time of one try of a job',
    ['job', 'outcome'],
    JOB_BUCKETS,
  )
  const exhausted = metrics.counter('jobs_exhausted_total', 'Jobs whose last try failed', ['job'])
  return {
    finished: (job, outcome, seconds) => runs.observe({ job, outcome }, seconds),
    exhausted: (job) => exhausted.inc({ job }),
  }
}

function sweptEvents(metrics: Metrics): PlatformEvents['swept'] {
  const swept = metrics.counter('swept_total', 'What daily jobs cleared up', ['what'])
  return (what, count) => swept.inc({ what }, count)
}

function streamEvents(metrics: Metrics): PlatformEvents['stream'] {
  let open = 0
  metrics.gauge('event_streams_open', 'Live event streams that are open', [], () => [
    { labels: {}, value: open },
  ])
  return {
    opened: () => {
      open += 1
    },
    closed: () => {
      open -= 1
    },
  }
}

function outboundEvents(metrics: Metrics): PlatformEvents['outbound'] {
  const calls = metrics.histogram('outbound_call_duration_seconds', 'Calls to other servers', [
    'purpose',
    'outcome',
  ])
  return ({ purpose, outcome, milliseconds }) =>
    calls.observe({ purpose, outcome: String(outcome) }, milliseconds / 1000)
}

function realtimeEvents(metrics: Metrics): RealtimeEvents {
  const open = new Map<string, { kind: string; transport: string; value: number }>()
  metrics.gauge('realtime_connections', 'Connections that are open', ['kind', 'transport'], () =>
    [...open.values()].map(({ value, ...labels }) => ({ labels, value })),
  )
  const circuits = new Map<string, { service: string; address: string; open: boolean }>()
  metrics.gauge(
    'rpc_circuit_open',
    'Services that are not asked because they failed',
    ['service', 'address'],
    () =>
      [...circuits.values()].map(({ service, address, open }) => ({
        labels: { service, address },
        value: open ? 1 : 0,
      })),
  )
  const opened = metrics.counter('rpc_circuits_opened_total', 'Times that a service failed too often', [
    'service',
  ])
  const closed = metrics.counter('realtime_closed_total', 'Connections that the server has ended', [
    'reason',
    'transport',
  ])
  const slow = metrics.counter('realtime_slow_consumers_total', 'Clients that did not keep up', [
    'outcome',
    'transport',
  ])
  const commits = metrics.histogram('document_commit_duration_seconds', 'Time of a group commit', ['outcome'])
  const operations = metrics.counter('document_operations_total', 'Operations made durable')
  return {
    connections: (kind, transport, change) => {
      const key = `${kind} ${transport}`
      open.set(key, { kind, transport, value: (open.get(key)?.value ?? 0) + change })
    },
    closed: (reason, transport) => closed.inc({ reason, transport }),
    slow: (outcome, transport) => slow.inc({ outcome, transport }),
    circuit: (service, address, open) => {
      circuits.set(`${service} ${address}`, { service, address, open })
      if (open) opened.inc({ service })
    },
    commit: (outcome, count, seconds) => {
      commits.observe({ outcome }, seconds)
      if (outcome === 'committed') operations.inc(count)
    },
  }
}

function cacheEvents(metrics: Metrics): Pick<PlatformEvents, 'cacheState' | 'rateLimitFallback'> {
  let value = 1
  metrics.gauge('cache_up', 'Whether the cache server answers (1 without one)', [], () => [
    { labels: {}, value },
  ])
  const local = metrics.counter('rate_limits_local_total', 'Limits decided without the cache server')
  return {
    cacheState: (up) => {
      value = up ? 1 : 0
    },
    rateLimitFallback: () => local.inc(),
  }
}
