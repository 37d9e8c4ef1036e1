import { type Logger, type Service, ServiceGroup } from '@stoa/kernel'
import { createCleanUpJob } from './bus/clean-up-job.ts'
import { EventFeed } from './bus/event-feed.ts'
import { EventStore } from './bus/event-store.ts'
import { PostgresWakeUps } from './bus/postgres-wake-ups.ts'
import type { WakeUps } from './bus/wake-ups.ts'
import { createEmbeddedPostgres } from './database/embedded/embedded.ts'
import { createExternalPostgres } from './database/external.ts'
import { markLeakproof } from './database/leakproof.ts'
import type { DatabaseMetrics } from './database/metrics.ts'
import { migrateUp, preparing } from './database/migrate.ts'
import { PostgresDatabase } from './database/postgres-database.ts'
import { ensureRoles } from './database/roles.ts'
import type { PostgresServer } from './database/server.ts'
import { installJobs } from './jobs/install-jobs.ts'
import type { JobMetrics } from './jobs/jobs.ts'
import { PgBossJobs } from './jobs/pg-boss-jobs.ts'

/** Which PostgreSQL: the one we bring, in the data folder, or somebody's by URL. */
export type PostgresChoice =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | { readonly kind: 'external'; readonly ownerUrl: string; readonly appUrl?: string }

export interface PersistenceInit {
  readonly postgres: PostgresChoice
  /** Whether this process runs jobs (role `worker`), or only adds them. */
  readonly work: boolean
  readonly log: Logger
  /** Redis that carries the news of events between processes; absent: PostgreSQL does. */
  readonly redisUrl?: string
  /** Most connections of the pool; those of jobs and events come on top. */
  readonly maxConnections?: number
  readonly databaseMetrics?: DatabaseMetrics
  readonly jobMetrics?: JobMetrics
}

/** Everything durable of the program, as one service: server, schema, pool, events, jobs; in this order, and back. */
export interface Persistence extends Service {
  readonly server: PostgresServer
  readonly database: PostgresDatabase
  /** `jobs.define` takes the capabilities' jobs before the start. */
  readonly jobs: PgBossJobs
  readonly events: EventFeed
}

export async function createPersistence(init: PersistenceInit): Promise<Persistence> {
  const { postgres, log, databaseMetrics, jobMetrics } = init
  const server =
    postgres.kind === 'embedded'
      ? createEmbeddedPostgres({ dataDir: postgres.dataDir, log })
      : createExternalPostgres({ ...postgres, log })
  const jobs = new PgBossJobs({
    ...{ server, log, work: init.work, exclusive: postgres.kind === 'embedded' },
    ...(jobMetrics === undefined ? {} : { metrics: jobMetrics }),
  })
  const wakeUps = await createWakeUps(init, server)
  const database = new PostgresDatabase({
    ...{ server, log, enqueue: jobs.enqueue },
    ...(wakeUps.announce && { onEvents: (wake) => wakeUps.announce?.(wake) }),
    ...(databaseMetrics === undefined ? {} : { metrics: databaseMetrics }),
    ...(init.maxConnections === undefined ? {} : { maxConnections: init.maxConnections }),
  })
  jobs.define([createCleanUpJob(database)])
  const events = new EventFeed({ store: new EventStore(database), wakeUps, log })
  const group = new ServiceGroup('persistence', [server, schema(server, log), database, events, jobs])
  return {
    name: group.name,
    start: (signal) => group.start(signal),
    stop: () => group.stop(),
    server,
    database,
    jobs,
    events,
  }
}

/** How the news of events travels: by PostgreSQL itself, or by Redis, whose client is loaded only then. */
async function createWakeUps({ redisUrl, log }: PersistenceInit, server: PostgresServer): Promise<WakeUps> {
  if (redisUrl === undefined) return new PostgresWakeUps({ server, log })
  const { RedisWakeUps } = await import('./bus/redis-wake-ups.ts')
  return new RedisWakeUps({ url: redisUrl, log })
}

/** Brings roles, tables and the queue up to what this program needs. */
function schema(server: PostgresServer, log: Logger): Service {
  return {
    name: 'schema',
    async start() {
      const { ownerUrl, appUrl } = server
      await preparing(ownerUrl, async () => {
        await ensureRoles(ownerUrl, appUrl)
        await migrateUp({ ownerUrl, log })
        await installJobs(ownerUrl)
        await markLeakproof(ownerUrl, log)
      })
    },
    async stop() {},
  }
}
