import { rm } from 'node:fs/promises'
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
import { temporaryFolder } from './temporary-folder.ts'

/** A StateSync process, and the address by which the others know it. */
export interface StateSyncProcess {
  readonly address: string
  program: ChildProgram
}

/** The realtime plane of one installation as processes on Redis and PostgreSQL. All may be killed and started again. */
export interface RealtimeProcesses {
  readonly redis: RedisServer
  readonly postgres: SystemPostgres
  readonly session: ChildProgram
  readonly statesync: readonly StateSyncProcess[]
  readonly gateways: readonly ChildProgram[]
  /** Starts a StateSync process again, at its address. */
  revive(process: StateSyncProcess): Promise<void>
  startGateway(): Promise<ChildProgram>
}

/** All of them, and the API in this process, so that a test can make people and tokens. */
export interface Constellation extends RealtimeProcesses, AsyncDisposable {
  readonly program: Program
  /** Of the API. */
  readonly url: string
  /** Queries as a superuser. */
  readonly db: Pick<TestDatabase, 'sql'>
}

/** All of them, and the API as a process of its own. */
export interface ServicesApart extends RealtimeProcesses, AsyncDisposable {
  readonly api: ChildProgram
}

const MASTER_KEY = '07'.repeat(32)
const RPC_TOKEN = 'a secret among ourselves'

export async function startConstellation(): Promise<Constellation> {
  await using stack = new AsyncDisposableStack()
  const { folder, shared, processes } = await prepare(stack)
  // It brings the database up to date: before all others.
  const program = stack.use(await startApi(join(folder, 'api'), shared))
  const started = await processes()
  const admin = new pg.Pool({
    connectionString: withDatabase(started.postgres.adminUrl, 'stoa'),
    max: 1,
  })
  admin.on('error', () => {})
  stack.defer(() => admin.end())
  const owned = stack.move()
  return {
    ...started,
    ...{ program, url: program.url ?? '' },
    db: { sql: async (text, values = []) => (await admin.query(text, values)).rows },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

export async function startServicesApart(): Promise<ServicesApart> {
  await using stack = new AsyncDisposableStack()
  const { start, processes } = await prepare(stack)
  const api = await start('api,worker', 'api')
  const started = await processes()
  const owned = stack.move()
  return { ...started, api, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Redis and PostgreSQL run; `start` makes processes on them, which end with the stack. */
async function prepare(stack: AsyncDisposableStack) {
  const folder = await temporaryFolder('stoa-constellation')
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const redis = stack.use(await startRedis())
  const postgres = await startSystemPostgres()
  stack.defer(() => postgres.stop())
  const children = new Set<ChildProgram>()
  stack.defer(async () => void (await Promise.all([...children].map((child) => child.stop()))))
  const [session, ...statesync] = await Promise.all([freePort(), freePort(), freePort()])
  const shared = {
    ...{ STOA_MASTER_KEY: MASTER_KEY, STOA_RPC_TOKEN: RPC_TOKEN, STOA_DATABASE_CONNECTIONS: '6' },
    ...{ DATABASE_URL: postgres.ownerUrl, REDIS_URL: redis.url },
    STOA_SESSION_SERVICE: at(session),
    STOA_STATESYNC_SERVICE: statesync.map(at).join(),
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
  const start = async (roles: string, name: string, rpcPort?: number) => {
    const port: Record<string, string> = rpcPort === undefined ? {} : { STOA_RPC_PORT: `${rpcPort}` }
    const child = await startChildProgram({
      ...{ dataDir: join(folder, name), http: rpcPort === undefined },
      environment: { ...shared, STOA_ROLES: roles, ...port },
    })
    children.add(child)
    return child
  }
  const processes = async () => ({ ...(await startProcesses(start, session, statesync)), redis, postgres })
  return { folder, shared, start, processes }
}

type Start = (roles: string, name: string, rpcPort?: number) => Promise<ChildProgram>

async function startProcesses(start: Start, sessionPort: number, ports: readonly number[]) {
  const session = await start('session', 'session', sessionPort)
  const statesync: StateSyncProcess[] = []
  for (const port of ports)
    statesync.push({ address: at(port), program: await start('statesync', `statesync-${port}`, port) })
  const startGateway = () => start('gateway', 'gateway')
  const gateways = [await startGateway(), await startGateway()]
  const revive = async (process: StateSyncProcess) => {
    const port = Number(process.address.split(':')[1])
    process.program = await start('statesync', `statesync-${port}`, port)
  }
  return { session, statesync, gateways, revive, startGateway }
}

const at = (port: number) => `127.0.0.1:${port}`

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
