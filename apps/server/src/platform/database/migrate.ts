import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@stoa/kernel'
import type pg from 'pg'
import { connectionConfig, withClient } from './connection.ts'
import { DatabaseError } from './errors.ts'

/** One step of the schema: `YYYYMMDD_NNN_name.up.sql` and the `.down.sql` that undoes it. */
export interface Migration {
  readonly name: string
  readonly up: string
  readonly down: string
  /** SHA-256 of the way up, line ends normalised. */
  readonly checksum: string
}

export interface MigrationStatus {
  readonly name: string
  readonly appliedAt: Date | undefined
}

export interface MigrateOptions {
  readonly ownerUrl: string
  readonly log: Logger
  readonly directory?: string
}

const DIRECTORY = join(import.meta.dirname, 'migrations')
const FILE = /^(\d{8}_\d{3}_[a-z0-9_]+)\.(up|down)\.sql$/
/** Any numbers, always the same: programs that start at once wait for each other. */
const LOCK = 7_270_018_001
const PREPARATION_LOCK = 7_270_018_002

/** The migrations of the program in the order of their names. */
export async function readMigrations(directory = DIRECTORY): Promise<Migration[]> {
  const names = new Set<string>()
  for (const file of await readdir(directory)) {
    const match = FILE.exec(file)
    if (match?.[1] === undefined)
      throw new DatabaseError('database.corrupt_migration', `${file} is not named like a migration`)
    names.add(match[1])
  }
  const read = async (name: string, way: 'up' | 'down') =>
    (await readFile(join(directory, `${name}.${way}.sql`), 'utf8')).replaceAll('\r\n', '\n')
  return Promise.all(
    [...names].sort().map(async (name) => {
      const [up, down] = await Promise.all([read(name, 'up'), read(name, 'down')])
      return { name, up, down, checksum: createHash('sha256').update(up).digest('hex') }
    }),
  )
}

/** Applies what is missing; returns the names. Each file is one transaction: it is applied as a whole or not at all. */
export async function migrateUp(options: MigrateOptions): Promise<string[]> {
  return locked(options, async (client, migrations) => {
    const applied = await readApplied(client, migrations)
    const missing = migrations.filter(({ name }) => !applied.has(name))
    for (const migration of missing) {
      await apply(
        client,
        migration.name,
        migration.up,
        'insert into stoa.migrations (name, checksum) values ($1, $2)',
        [migration.name, migration.checksum],
      )
      options.log.info({ action: 'migration_applied', migration: migration.name })
    }
    return missing.map(({ name }) => name)
  })
}

/** Undoes the newest `count` applied migrations; returns their names, newest first. */
export async function migrateDown(options: MigrateOptions & { readonly count: number }): Promise<string[]> {
  return locked(options, async (client, migrations) => {
    const applied = await readApplied(client, migrations)
    const undone = migrations
      .filter(({ name }) => applied.has(name))
      .reverse()
      .slice(0, options.count)
    for (const migration of undone) {
      await apply(client, migration.name, migration.down, 'delete from stoa.migrations where name = $1', [
        migration.name,
      ])
      options.log.info({ action: 'migration_undone', migration: migration.name })
    }
    return undone.map(({ name }) => name)
  })
}

/** Every known migration and when it was applied. */
export async function migrationStatus(options: MigrateOptions): Promise<MigrationStatus[]> {
  return locked(options, async (client, migrations) => {
    const applied = await readApplied(client, migrations)
    return migrations.map(({ name }) => ({ name, appliedAt: applied.get(name) }))
  })
}

/** Runs `prepare` in one program at a time: changing the same grants at once fails in PostgreSQL. */
export async function preparing<T>(ownerUrl: string, prepare: () => Promise<T>): Promise<T> {
  const limits = { statementTimeout: 0, lockTimeout: 0 }
  return withClient(connectionConfig(ownerUrl, 'prepare', limits), async (client) => {
    await client.query('select pg_advisory_lock($1)', [PREPARATION_LOCK])
    return prepare()
  })
}

async function locked<T>(
  { ownerUrl, directory }: MigrateOptions,
  run: (client: pg.Client, migrations: readonly Migration[]) => Promise<T>,
): Promise<T> {
  const migrations = await readMigrations(directory)
  // Building an index on a large table takes as long as it takes, and a waiting starter waits for it.
  const limits = { statementTimeout: 0, lockTimeout: 0, idleInTransactionTimeout: 0 }
  return withClient(connectionConfig(ownerUrl, 'migrate', limits), async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists stoa')
    await client.query(`create table if not exists stoa.migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    return run(client, migrations)
  })
}

/** What has been applied, after checking that it is what the files say. */
async function readApplied(client: pg.Client, migrations: readonly Migration[]): Promise<Map<string, Date>> {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  type Row = { name: string; checksum: string; applied_at: Date }
  const { rows } = await client.query<Row>('select name, checksum, applied_at from stoa.migrations')
  for (const { name, checksum } of rows) {
    if (!known.has(name)) {
      const text = `The database has the migration ${name}, which this program does not know. Use the newer program.`
      throw new DatabaseError('database.unknown_migration', text, { details: { migration: name } })
    }
    if (known.get(name) !== checksum) {
      const text = `The migration ${name} was changed after it had been applied. Put the file back and add a new one.`
      throw new DatabaseError('database.corrupt_migration', text, { details: { migration: name } })
    }
  }
  return new Map(rows.map((row) => [row.name, row.applied_at]))
}

async function apply(
  client: pg.Client,
  name: string,
  sql: string,
  record: string,
  values: string[],
): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local search_path = stoa')
    await client.query(sql)
    await client.query(record, values)
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const text = `The migration ${name} failed and changed nothing: ${cause instanceof Error ? cause.message : cause}`
    throw new DatabaseError('database.migration_failed', text, { cause, details: { migration: name } })
  }
}
