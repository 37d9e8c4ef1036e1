import type { Logger } from '@stoa/kernel'
import type { DatabaseConfig } from '../config/config.ts'
import { createEmbeddedPostgres } from '../platform/database/embedded/embedded.ts'
import { createExternalPostgres } from '../platform/database/external.ts'
import {
  type MigrationStatus,
  migrateDown,
  migrateUp,
  migrationStatus,
} from '../platform/database/migrate.ts'
import { ensureRoles } from '../platform/database/roles.ts'
import type { PostgresServer } from '../platform/database/server.ts'

/** What to do with the schema. */
export type SchemaTask =
  | { readonly kind: 'status' }
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly count: number }

export interface SchemaReport {
  /** Names of the migrations that were applied or undone, in that order. */
  readonly changed: readonly string[]
  readonly migrations: readonly MigrationStatus[]
}

/**
 * Works on the schema while the program does not run: the embedded server is started for it and stopped again, and its
 * folder lock refuses a second program.
 * @throws DatabaseError
 */
export async function workOnSchema(
  database: DatabaseConfig,
  task: SchemaTask,
  log: Logger,
  signal: AbortSignal,
): Promise<SchemaReport> {
  const server = serverOf(database, log)
  try {
    await server.start(signal)
    const changed = await carryOut(task, server, log)
    return { changed, migrations: await migrationStatus({ ownerUrl: server.ownerUrl, log }) }
  } finally {
    await server.stop()
  }
}

async function carryOut(task: SchemaTask, server: PostgresServer, log: Logger): Promise<readonly string[]> {
  const options = { ownerUrl: server.ownerUrl, log }
  switch (task.kind) {
    case 'status':
      return []
    case 'up':
      await ensureRoles(server.ownerUrl, server.appUrl)
      return migrateUp(options)
    case 'down':
      return migrateDown({ ...options, count: task.count })
  }
}

function serverOf(database: DatabaseConfig, log: Logger): PostgresServer {
  if (database.kind === 'embedded') return createEmbeddedPostgres({ dataDir: database.directory, log })
  const { ownerUrl, appUrl } = database
  return createExternalPostgres({ ownerUrl, log, ...(appUrl === undefined ? {} : { appUrl }) })
}
