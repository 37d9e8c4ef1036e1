import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@stoa/kernel'
import { connectionConfig, withClient } from '@stoa/server/platform/database/connection.ts'
import { createEmbeddedPostgres } from '@stoa/server/platform/database/embedded/embedded.ts'
import { isAlive, isServerOf, readPidFile } from '@stoa/server/platform/database/embedded/pid-file.ts'
import { stop as stopServer } from '@stoa/server/platform/database/embedded/postmaster.ts'
import { createExternalPostgres } from '@stoa/server/platform/database/external.ts'
import { markLeakproof } from '@stoa/server/platform/database/leakproof.ts'
import { migrateUp } from '@stoa/server/platform/database/migrate.ts'
import { ensureRoles } from '@stoa/server/platform/database/roles.ts'
import { type PostgresServer, withDatabase } from '@stoa/server/platform/database/server.ts'
import { installJobs } from '@stoa/server/platform/jobs/install-jobs.ts'

/** One PostgreSQL for a whole run of tests; plain data, so that it reaches the workers. */
export interface TestCluster {
  /** URLs of the cluster's maintenance database. */
  readonly ownerUrl: string
  readonly appUrl: string
  /** A superuser, past row-level security: to arrange and to look behind the scenes. */
  readonly adminUrl: string
  /** Name of the migrated database that the others are copied from. */
  readonly template: string
}

const PREFIX = 'stoa-test-'

/** Ends the servers of test runs that were killed, and removes their folders. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const home = join(tmpdir(), name, 'postgres')
    const holder = Number(await readFile(join(home, 'stoa.lock.pid'), 'utf8').catch(() => ''))
    if (!(holder > 0) || isAlive(holder)) continue
    const left = await readPidFile(join(home, 'db'))
    if (left !== undefined && (await isServerOf(left.pid, join(home, 'db')))) await stopServer(left.pid)
    await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

/**
 * Starts an embedded server in a temporary folder (without fsync), or uses the one at `url`, and migrates a template
 * database. `stop` drops what was made and removes the folder.
 */
export async function startTestCluster(
  url?: string,
  adminUrl = url,
): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  if (url === undefined) await sweep()
  const directory = url === undefined ? await mkdtemp(join(tmpdir(), PREFIX)) : undefined
  const server = directory === undefined ? external(url ?? '') : embedded(directory)
  const template = `stoa_template_${randomBytes(6).toString('hex')}`
  await server.start(new AbortController().signal)
  const stop = async () => {
    await server.stop()
    if (directory !== undefined) await rm(directory, { recursive: true, force: true })
  }
  try {
    const { ownerUrl, appUrl } = server
    await admin(ownerUrl, `create database ${template}`)
    await ensureRoles(ownerUrl, appUrl)
    await migrateUp({ ownerUrl: withDatabase(ownerUrl, template), log: silentLogger })
    await installJobs(withDatabase(ownerUrl, template))
    await markLeakproof(withDatabase(ownerUrl, template), silentLogger)
    const dropAndStop = async () => {
      await admin(ownerUrl, `drop database ${template} with (force)`).catch(() => {})
      await stop()
    }
    return { cluster: { ownerUrl, appUrl, adminUrl: adminUrl ?? ownerUrl, template }, stop: dropAndStop }
  } catch (error) {
    await stop()
    throw error
  }
}

function embedded(directory: string): PostgresServer {
  return createEmbeddedPostgres({
    dataDir: directory,
    log: silentLogger,
    tuning: { fsync: false, maxConnections: 150 },
  })
}

function external(url: string): PostgresServer {
  return createExternalPostgres({ ownerUrl: url, log: silentLogger })
}

async function admin(ownerUrl: string, statement: string): Promise<void> {
  await withClient(connectionConfig(ownerUrl, 'test-admin'), (client) => client.query(statement))
}
