import { type Logger, type Service, ServiceGroup } from '@stoa/kernel'
import { createEmbeddedPostgres } from './database/embedded/embedded.ts'
import { createExternalPostgres } from './database/external.ts'
import type { DatabaseMetrics } from './database/metrics.ts'
import { migrateUp } from './database/migrate.ts'
import { PostgresDatabase } from './database/postgres-database.ts'
import { ensureRoles } from './database/roles.ts'
import type { PostgresServer } from './database/server.ts'
import { installJobs } from './jobs/install-jobs.ts'
import type { JobDefinition, JobMetrics } from './jobs/jobs.ts'
import { PgBossJobs } from './jobs/pg-boss-jobs.ts'

/** Which PostgreSQL: the one we bring, in the data folder, or somebody's by URL. */
export type PostgresChoice =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | { readonly kind: 'external'; readonly ownerUrl: string; readonly appUrl?: string }

export interface PersistenceInit {
  readonly postgres: PostgresChoice
  readonly jobs: readonly JobDefinition[]
  /** Whether this process runs jobs (role `worker`), or only adds them. */
  readonly work: boolean
  readonly log: Logger
  readonly databaseMetrics?: DatabaseMetrics
  readonly jobMetrics?: JobMetrics
}

/** Everything durable of the program, as one service: server, schema, pool, jobs; in this order, and back. */
export interface Persistence extends Service {
  readonly server: PostgresServer
  readonly database: PostgresDatabase
  readonly jobs: PgBossJobs
}

export function createPersistence(init: PersistenceInit): Persistence {
  const { postgres, log, databaseMetrics, jobMetrics } = init
  const server =
    postgres.kind === 'embedded'
      ? createEmbeddedPostgres({ dataDir: postgres.dataDir, log })
      : createExternalPostgres({ ...postgres, log })
  const jobs = new PgBossJobs({
    ...{ server, log, definitions: init.jobs, work: init.work, exclusive: postgres.kind === 'embedded' },
    ...(jobMetrics === undefined ? {} : { metrics: jobMetrics }),
  })
  const database = new PostgresDatabase({
    ...{ server, log, enqueue: jobs.enqueue },
    ...(databaseMetrics === undefined ? {} : { metrics: databaseMetrics }),
  })
  const group = new ServiceGroup('persistence', [server, schema(server, log), database, jobs])
  return {
    name: group.name,
    start: (signal) => group.start(signal),
    stop: () => group.stop(),
    server,
    database,
    jobs,
  }
}

/** Brings roles, tables and the queue up to what this program needs. */
function schema(server: PostgresServer, log: Logger): Service {
  return {
    name: 'schema',
    async start() {
      await ensureRoles(server.ownerUrl, server.appUrl)
      await migrateUp({ ownerUrl: server.ownerUrl, log })
      await installJobs(server.ownerUrl)
    },
    async stop() {},
  }
}
