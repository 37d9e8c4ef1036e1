import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@stoa/kernel'
import { envToConfig } from '@stoa/server/config/config.ts'
import { readEnv } from '@stoa/server/config/env.ts'
import { secretsFrom } from '@stoa/server/config/secrets.ts'
import { withDatabase } from '@stoa/server/platform/database/server.ts'
import { createProgram, type Program } from '@stoa/server/program/program.ts'
import pg from 'pg'
import { type ChildProgram, startChildProgram } from './child-program.ts'
import type { TestDatabase } from './database.ts'
import { freePort } from './ports.ts'
import { noRateLimits } from './program.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { type SystemPostgres, startSystemPostgres } from './system-postgres.ts'

/** A StateSync process, and the address by which the others know it. */
export interface StateSyncProcess {
  readonly address: string
  program: ChildProgram
}

/**
 * One installation as several processes on Redis and PostgreSQL: the API in this process (so that a test can make people
 * and tokens), and as processes of their own Session, two StateSync, two gateways. All may be killed and started again.
 */
export interface Constellation extends AsyncDisposable {
  readonly program: Program
  /** Of the API. */
  readonly url: string
  /** Queries as a superuser. */
  readonly db: Pick<TestDatabase, 'sql'>
  readonly redis: RedisServer
  readonly postgres: SystemPostgres
  readonly gateways: readonly ChildProgram[]
  readonly statesync: readonly StateSyncProcess[]
  /** Starts a StateSync process again, at its address. */
  revive(process: StateSyncProcess): Promise<void>
  startGateway(): Promise<ChildProgram>
}

const MASTER_KEY = '07'.repeat(32)
const RPC_TOKEN = 'a secret among ourselves'

export async function startConstellation(): Promise<Constellation> {
  await using stack = new AsyncDisposableStack()
  let owner = stack
  const folder = await mkdtemp(join(tmpdir(), 'stoa-constellation-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const redis = stack.use(await startRedis())
  const postgres = await startSystemPostgres()
  stack.defer(() => postgres.stop())
  const [session, ...statesync] = await Promise.all([freePort(), freePort(), freePort()])
  const at = (port: number) => `127.0.0.1:${port}`
  const shared = {
    ...{ STOA_MASTER_KEY: MASTER_KEY, STOA_RPC_TOKEN: RPC_TOKEN, STOA_DATABASE_CONNECTIONS: '6' },
    ...{ DATABASE_URL: postgres.ownerUrl, REDIS_URL: redis.url },
    STOA_SESSION_SERVICE: at(session),
    STOA_STATESYNC_SERVICE: statesync.map(at).join(),
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
  const start = async (roles: string, name: string, rpcPort?: number) => {
    const child = await startChildProgram({
      dataDir: join(folder, name),
      http: roles === 'gateway',
      environment: {
        ...{ ...shared, STOA_ROLES: roles },
        ...(rpcPort === undefined ? {} : { STOA_RPC_PORT: `${rpcPort}` }),
      },
    })
    owner.use(child)
    return child
  }

  // It brings the database up to date: before all others.
  const program = await startApi(join(folder, 'api'), shared)
  stack.use(program)
  const admin = new pg.Pool({ connectionString: withDatabase(postgres.adminUrl, 'stoa'), max: 1 })
  admin.on('error', () => {})
  stack.defer(() => admin.end())
  await start('session', 'session', session)
  const processes: StateSyncProcess[] = []
  for (const port of statesync)
    processes.push({ address: at(port), program: await start('statesync', `statesync-${port}`, port) })
  const startGateway = () => start('gateway', 'gateway')
  const gateways = [await startGateway(), await startGateway()]
  owner = stack.move()
  return {
    ...{ program, url: program.url ?? '', redis, postgres, gateways, statesync: processes, startGateway },
    db: { sql: async (text, values = []) => (await admin.query(text, values)).rows },
    revive: async (process) => {
      const port = Number(process.address.split(':')[1])
      process.program = await start('statesync', `statesync-${port}`, port)
    },
    [Symbol.asyncDispose]: () => owner.disposeAsync(),
  }
}

async function startApi(dataDir: string, environment: Readonly<Record<string, string>>): Promise<Program> {
  const settings = { STOA_DATA: dataDir, STOA_PORT: '0', STOA_OPEN: 'false', STOA_ROLES: 'api,worker' }
  const program = await createProgram({
    config: envToConfig(readEnv({ ...environment, ...settings })),
    secrets: secretsFrom(Buffer.from(MASTER_KEY, 'hex')),
    log: silentLogger,
    overrides: { rateLimits: noRateLimits },
  })
  await program.start(new AbortController().signal)
  return program
}
