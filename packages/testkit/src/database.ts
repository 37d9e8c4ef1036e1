import { randomBytes } from 'node:crypto'
import { type Logger, silentLogger } from '@stoa/kernel'
import { connectionConfig, withClient } from '@stoa/server/platform/database/connection.ts'
import {
  PostgresDatabase,
  type PostgresDatabaseInit,
} from '@stoa/server/platform/database/postgres-database.ts'
import { withDatabase } from '@stoa/server/platform/database/server.ts'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestCluster } from './database-cluster.ts'
import type { OtherAdapters } from './other-adapters.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster
    /** Absent: memory and disk. */
    adapters: OtherAdapters | undefined
  }
}

/** A migrated database of one test file. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  readonly ownerUrl: string
  readonly appUrl: string
  /** Started; logged in as the application's role. */
  readonly database: PostgresDatabase
  /** Queries as a superuser, past row-level security: to arrange and to look behind the scenes. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** Closes the pool and drops the database. */
  close(): Promise<void>
}

export interface TestDatabaseOptions extends Partial<Omit<PostgresDatabaseInit, 'server'>> {
  readonly log?: Logger
}

/**
 * A database of its own, copied from the migrated template in some milliseconds. Call it in `beforeAll` and `close` it in
 * `afterAll`, or write `await using`.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { ownerUrl, appUrl, adminUrl, template } = inject('cluster')
  const name = `stoa_test_${randomBytes(8).toString('hex')}`
  await asOwner(ownerUrl, `create database ${name} template ${template}`)
  const urls = { ownerUrl: withDatabase(ownerUrl, name), appUrl: withDatabase(appUrl, name) }
  const database = new PostgresDatabase({ log: silentLogger, maxConnections: 5, ...options, server: urls })
  const admin = new pg.Pool({
    ...connectionConfig(withDatabase(adminUrl, name), 'test'),
    max: 1,
    idleTimeoutMillis: 1000,
  })
  admin.on('error', () => {})
  await database.start()
  const close = async () => {
    await database.stop()
    await admin.end()
    await dropDatabase(ownerUrl, name)
  }
  return {
    ...{ name, ...urls, database, close },
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await admin.query<Row>(text, values)).rows,
    [Symbol.asyncDispose]: close,
  }
}

/** Ends what still uses it, if the owner may; otherwise the server waits some seconds for that to end by itself. */
async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await asOwner(ownerUrl, `drop database if exists ${name} with (force)`).catch(() =>
    asOwner(ownerUrl, `drop database if exists ${name}`),
  )
}

async function asOwner(ownerUrl: string, statement: string): Promise<void> {
  const limits = { statementTimeout: 60_000, lockTimeout: 60_000 }
  await withClient(connectionConfig(ownerUrl, 'test-owner', limits), (client) => client.query(statement))
}
