import type { Clock, Logger, Random, Service } from '@stoa/kernel'
import type { Config } from '../config/config.ts'
import type { Secrets } from '../config/secrets.ts'
import { type Blobs, createBlobs } from '../platform/blobs/create-blobs.ts'
import { noSignals, type Signals } from '../platform/bus/signals.ts'
import { type CacheParts, createCache } from '../platform/cache/create-cache.ts'
import type { RedisConnection } from '../platform/cache/redis/connection.ts'
import { createMailer } from '../platform/mail/create-mailer.ts'
import type { Mailer } from '../platform/mail/mail.ts'
import { createOutbound, type GuardedOutbound } from '../platform/outbound/create-outbound.ts'
import { createPersistence, type Persistence } from '../platform/persistence.ts'
import { type PlatformEvents, platformEvents } from '../platform/telemetry/events.ts'
import { Metrics } from '../platform/telemetry/metrics.ts'
import { blobsConfig, mailConfig, postgresChoice } from './mappings.ts'

export interface Base {
  readonly config: Config
  readonly secrets: Secrets
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
  readonly version: string
}

/** What capabilities stand on, ready to be started. */
export interface Platform extends Base {
  readonly metrics: Metrics
  readonly events: PlatformEvents
  readonly persistence: Persistence
  readonly blobs: Blobs
  readonly cache: CacheParts
  /** What may get lost, between the gateways. */
  readonly signals: Signals
  readonly mailer: Mailer
  readonly outbound: GuardedOutbound
  /** Redis without a prefix before its keys, for the documented layout of sessions. */
  readonly sessionRedis: RedisConnection | undefined
  /** In the order in which they start. */
  readonly services: readonly Service[]
}

export async function createPlatform(base: Base): Promise<Platform> {
  const { config, log, clock } = base
  const metrics = new Metrics()
  const events = platformEvents(metrics)
  const persistence = await createPersistence({
    postgres: postgresChoice(config),
    work: config.roles.includes('worker'),
    log,
    ...(config.cache.kind === 'redis' ? { redisUrl: config.cache.url } : {}),
    maxConnections: config.database.maxConnections,
    databaseMetrics: events.database,
    jobMetrics: events.jobs,
  })
  const blobs = await createBlobs(blobsConfig(config.blobs, base.secrets), { clock, log })
  const cache = await createCache(
    config.cache.kind === 'redis' ? { ...config.cache, keyPrefix: 'stoa:' } : config.cache,
    { clock, log, onRedisState: events.cacheState, onRateLimitFallback: events.rateLimitFallback },
  )
  const sessionRedis = await sessionRedisOf(base)
  const signals = await signalsOf(base)
  const mailer = await createMailer(mailConfig(config.mail), {
    print: (text) => process.stdout.write(`${text}\n`),
  })
  const outbound = createOutbound({
    userAgent: `Stoa/${base.version}`,
    onCall: events.outbound,
    allowPrivate: config.allowPrivatePeers,
    allowHttp: config.allowPrivatePeers.length > 0,
    ...(config.allowPrivatePeers.length > 0 ? { ports: 'any' as const } : {}),
  })
  measure(metrics, persistence)
  const services = [
    ...cache.services,
    ...(sessionRedis ? [sessionRedis] : []),
    ...('start' in signals ? [signals] : []),
    persistence,
    blobs.service,
    outbound,
  ]
  const parts = { persistence, blobs, cache, signals, mailer, outbound, sessionRedis }
  return { ...base, ...parts, metrics, events, services }
}

async function sessionRedisOf({ config, log }: Base): Promise<RedisConnection | undefined> {
  if (config.cache.kind !== 'redis' || !config.roles.includes('session')) return undefined
  const { RedisConnection } = await import('../platform/cache/redis/connection.ts')
  return new RedisConnection({ url: config.cache.url, keyPrefix: '', log })
}

async function signalsOf({ config, log }: Base): Promise<Signals | (Signals & Service)> {
  if (config.cache.kind !== 'redis' || !config.roles.includes('gateway')) return noSignals
  const { RedisSignals } = await import('../platform/bus/redis-signals.ts')
  return new RedisSignals({ url: config.cache.url, log })
}

/** Values that are read when somebody asks for them. */
function measure(metrics: Metrics, { database, jobs }: Persistence): void {
  metrics.gauge('database_connections', 'Connections to the database', ['state'], () => {
    const { total, idle, waiting } = database.connections
    return [
      { labels: { state: 'busy' }, value: total - idle },
      { labels: { state: 'idle' }, value: idle },
      { labels: { state: 'waiting' }, value: waiting },
    ]
  })
  metrics.gauge('jobs', 'Jobs by state; failed ones were given up', ['job', 'state'], async () =>
    (await jobs.counts()).flatMap(({ name, waiting, active, failed }) =>
      Object.entries({ waiting, active, failed }).map(([state, value]) => ({
        labels: { job: name, state },
        value,
      })),
    ),
  )
}
