import { setTimeout as delay } from 'node:timers/promises'
import { isUuid, type Logger, type Service } from '@stoa/kernel'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { connectionConfig, type SessionLimits } from './connection.ts'
import type { Database, TenantActor, Tx } from './database.ts'
import {
  DatabaseError,
  errorFields,
  isConflict,
  isConnectionLost,
  isDiskFull,
  isForeignSession,
  isStalePlan,
  sqlState,
} from './errors.ts'
import { type DatabaseMetrics, silentMetrics, type TransactionKind } from './metrics.ts'
import { StatementNames } from './prepared-statements.ts'
import { assertBoundRole } from './roles.ts'
import type { PostgresServer } from './server.ts'
import type { Tables } from './tables.generated.ts'
import { type Enqueue, PendingTx } from './transaction.ts'
import {
  type Actor,
  READ_ONLY,
  READ_WRITE,
  TransactionSession,
  transactionOn,
} from './transaction-session.ts'

export interface PostgresDatabaseInit {
  readonly server: Pick<PostgresServer, 'appUrl'>
  readonly log: Logger
  /** How jobs are added; without it `Tx.enqueue` is an error. */
  readonly enqueue?: Enqueue
  readonly metrics?: DatabaseMetrics
  /** Told after a commit that wrote events; must not throw. PostgreSQL's own listeners are woken without it, and sooner. */
  readonly onEvents?: (news: { readonly tenantId: string; readonly eventId: number }) => void
  readonly limits?: Partial<SessionLimits>
  /** Most connections of this pool. */
  readonly maxConnections?: number
  /** How long a caller waits for a connection; milliseconds. */
  readonly connectionWaitMs?: number
}

const MAX_ATTEMPTS = 8
/** How long a transaction waits for a server that is being started again. */
const OUTAGE_LIMIT_MS = 10_000

const noJobs: Enqueue = async (_, { name }) => {
  throw new DatabaseError('database.not_started', `There is no job queue for ${name}`)
}

/** The database as the application sees it: a pool that is logged in as a role which row-level security binds. */
export class PostgresDatabase implements Database, Service {
  readonly name = 'database'
  readonly #init: PostgresDatabaseInit
  readonly #metrics: DatabaseMetrics
  readonly #names = new WeakMap<pg.PoolClient, StatementNames>()
  #opened: { readonly pool: pg.Pool; readonly kysely: Kysely<Tables> } | undefined

  constructor(init: PostgresDatabaseInit) {
    this.#init = init
    this.#metrics = init.metrics ?? silentMetrics
  }

  get pool(): Kysely<Tables> {
    return this.#open.kysely
  }

  /** Connections: all, not in use, and callers waiting for one. */
  get connections(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#open.pool
    return { total: totalCount, idle: idleCount, waiting: waitingCount }
  }

  get #open() {
    if (this.#opened === undefined)
      throw new DatabaseError('database.not_started', 'The database has not been started.')
    return this.#opened
  }

  async start(): Promise<void> {
    const { server, log, limits, maxConnections = 12, connectionWaitMs = 10_000 } = this.#init
    const pool = new pg.Pool({
      ...connectionConfig(server.appUrl, 'app', limits),
      max: maxConnections,
      pipeline: true,
      connectionTimeoutMillis: connectionWaitMs,
      idleTimeoutMillis: 30_000,
    })
    // A connection that breaks while it is in use also rejects its query; unheard, its error would end the process.
    pool.on('connect', (client) => client.on('error', () => {}))
    // An idle connection that breaks is replaced by the next query; unheard, its error would end the process.
    pool.on('error', (error) => log.warn({ action: 'database_connection_lost', ...errorFields(error) }))
    this.#opened = { pool, kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) }
    const client = await pool.connect()
    try {
      await assertBoundRole(client)
    } finally {
      client.release()
    }
  }

  async stop(): Promise<void> {
    const opened = this.#opened
    this.#opened = undefined
    await opened?.kysely.destroy()
    // Kysely ends the pool only if it has ever used it.
    if (opened?.pool.ended === false) await opened.pool.end()
  }

  async tenant<T>(actor: TenantActor, run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('tenant', checked(actor), run)
  }

  async tenantRead<T>(actor: TenantActor, run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('tenant_read', checked(actor), run)
  }

  async account<T>(accountId: string | null, run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#run('account', checked({ tenantId: null, accountId }), run)
  }

  /** Tries until it commits, fails for a reason of its own, or has been tried often enough. */
  async #run<T>(kind: TransactionKind, actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T> {
    const started = performance.now()
    for (let attempt = 1; ; attempt++) {
      const progress = { committing: false }
      try {
        const { result, eventId } = await this.#once(kind, actor, run, progress)
        if (eventId !== undefined && actor.tenantId !== null)
          this.#init.onEvents?.({ tenantId: actor.tenantId, eventId })
        this.#metrics.transaction(kind, 'committed', (performance.now() - started) / 1000)
        return result
      } catch (error) {
        const again = mayRetry(error, progress.committing, attempt, performance.now() - started)
        if (!again) {
          this.#metrics.transaction(kind, 'failed', (performance.now() - started) / 1000)
          throw explain(error, progress.committing)
        }
        this.#metrics.retry(kind, sqlState(error) ?? 'connection')
        await delay(backoff(attempt))
      }
    }
  }

  async #once<T>(
    kind: TransactionKind,
    actor: Actor,
    run: (tx: Tx) => Promise<T>,
    progress: { committing: boolean },
  ): Promise<{ result: T; eventId: number | undefined }> {
    const { pool, kysely } = this.#open
    const client = await pool.connect()
    const mode = kind === 'tenant_read' ? READ_ONLY : READ_WRITE
    const session = new TransactionSession(client, this.#namesOf(client), actor, mode)
    try {
      const tx = new PendingTx(transactionOn(kysely, session), actor, this.#init.enqueue ?? noJobs)
      const result = await run(tx)
      if (kind === 'tenant_read') {
        // It changed nothing, so nobody needs to wait for its end but the connection.
        void giveBack(client, session.commit([]))
        return { result, eventId: undefined }
      }
      // A commit that went out to a server that is gone would leave the caller wondering.
      await session.begun
      progress.committing = true
      const eventId = await tx.commit(session)
      client.release()
      return { result, eventId }
    } catch (error) {
      await giveBack(client, session.rollback())
      throw error
    }
  }

  #namesOf(client: pg.PoolClient): StatementNames {
    const known = this.#names.get(client)
    if (known) return known
    const names = new StatementNames()
    this.#names.set(client, names)
    return names
  }
}

/** Once the transaction has ended; a connection on which that failed is closed. */
async function giveBack(client: pg.PoolClient, end: Promise<unknown>): Promise<void> {
  await end.then(
    () => client.release(),
    () => client.release(true),
  )
}

function checked(actor: Actor): Actor {
  for (const id of [actor.tenantId, actor.accountId])
    if (id !== null && !isUuid(id)) throw new TypeError(`Not a UUID: ${id}`)
  return actor
}

function mayRetry(error: unknown, committing: boolean, attempt: number, elapsed: number): boolean {
  if (isConflict(error) || isStalePlan(error) || isForeignSession(error)) return attempt < MAX_ATTEMPTS
  return isConnectionLost(error) && !committing && elapsed < OUTAGE_LIMIT_MS
}

/** Doubling from some milliseconds, up to a second, with jitter so that two losers do not meet again. */
function backoff(attempt: number): number {
  return Math.min(1000, 8 * 2 ** attempt) * (0.5 + Math.random())
}

function explain(error: unknown, committing: boolean): unknown {
  if (isDiskFull(error))
    return new DatabaseError(
      'database.disk_full',
      'The disk that holds the database is full. Nothing was changed.',
      {
        cause: error,
      },
    )
  if (isConnectionLost(error) && committing)
    return new DatabaseError('database.outcome_unknown', 'The connection broke during the commit.', {
      cause: error,
    })
  if (isConnectionLost(error))
    return new DatabaseError('database.unavailable', 'The database does not answer. Nothing was changed.', {
      cause: error,
    })
  if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message))
    return new DatabaseError('database.busy', 'All connections to the database are in use.', { cause: error })
  return error
}
