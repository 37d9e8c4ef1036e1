import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger, Service } from '@stoa/kernel'
import { CompiledQuery, type Kysely } from 'kysely'
import { type JobWithMetadata, PgBoss } from 'pg-boss'
import { connectionConfig } from '../database/connection.ts'
import type { JobRequest } from '../database/database.ts'
import { errorFields } from '../database/errors.ts'
import type { PostgresServer } from '../database/server.ts'
import type { Tables } from '../database/tables.generated.ts'
import { JobError } from './errors.ts'
import { JOB_SCHEMA } from './install-jobs.ts'
import { JobRunner } from './job-runner.ts'
import {
  type DeadLetter,
  type JobCounts,
  type JobDefinition,
  type JobMetrics,
  silentJobMetrics,
} from './jobs.ts'
import * as queries from './queries.ts'

export interface PgBossJobsInit {
  readonly server: Pick<PostgresServer, 'appUrl'>
  readonly definitions?: readonly JobDefinition[]
  readonly log: Logger
  readonly metrics?: JobMetrics
  /** Whether this process runs jobs, or only adds them. */
  readonly work: boolean
  /**
   * No other program works on this database (the embedded server): whatever is marked as running when we start was
   * interrupted, and goes on at once instead of after its missed heartbeat.
   */
  readonly exclusive: boolean
  /** How long running jobs may take to end when the program stops; milliseconds. */
  readonly stopWithin?: number
}

/** Where jobs go whose last try failed; its worker calls `onExhausted`. */
export const DEAD_QUEUE = 'dead'

const HEARTBEAT_SECONDS = 30
/** New jobs announce themselves; this is for the ones that become due, and in case an announcement was missed. */
const POLL_SECONDS = 2
/** A waiting job is never dropped for its age. */
const KEEP_WAITING_SECONDS = 10 * 365 * 86_400
/** For those that were given up; the hourly clean-up deletes completed ones much earlier. */
const KEEP_DONE_SECONDS = 30 * 86_400
const STOP_WITHIN_MS = 10_000
const WORK = {
  includeMetadata: true,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  pollingIntervalSeconds: POLL_SECONDS,
} as const

/** Durable jobs on the program's own database, with pg-boss; works as the application's role. */
export class PgBossJobs implements Service {
  readonly name = 'jobs'
  readonly #init: PgBossJobsInit
  readonly #definitions = new Map<string, JobDefinition>()
  #boss: PgBoss | undefined
  #stopping = new AbortController()

  constructor(init: PgBossJobsInit) {
    this.#init = init
    this.define(init.definitions ?? [])
  }

  /** Adds kinds of jobs; before the start, because each gets its queue and its workers then. */
  define(definitions: readonly JobDefinition[]): void {
    for (const definition of definitions) this.#definitions.set(definition.name, definition)
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController()
    const { server, log, work, exclusive } = this.#init
    const { connectionString = '', options = '' } = connectionConfig(server.appUrl, 'jobs', {
      statementTimeout: 60_000,
    })
    const boss = new PgBoss({
      ...{ connectionString, options, application_name: 'stoa-jobs', schema: JOB_SCHEMA, max: 4 },
      ...{ migrate: false, createSchema: false, useListenNotify: work, notifyHeartbeatIntervalMs: 5_000 },
      ...{ supervise: work, schedule: work, superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 },
      // Rebuilding an index and looking at vacuum need the owner, which this process is not.
      ...{ reindex: false, monitorVacuum: false },
    })
    boss.on('error', (error) => log.error({ action: 'jobs_error', ...errorFields(error) }))
    boss.on('warning', ({ message, data }) => log.warn({ action: 'jobs_warning', data }, message))
    this.#boss = boss
    await boss.start()
    await this.#createQueues(boss)
    if (!work) return
    if (exclusive) await this.#resumeInterrupted(boss)
    await this.#startWorkers(boss)
  }

  async stop(): Promise<void> {
    const boss = this.#boss
    if (boss === undefined) return
    this.#stopping.abort(new Error('The program is stopping'))
    const ended = Promise.all(
      [DEAD_QUEUE, ...this.#definitions.keys()].map((name) => boss.offWork(name, { wait: true })),
    )
    await Promise.race([ended, delay(this.#init.stopWithin ?? STOP_WITHIN_MS, undefined, { ref: false })])
    // Puts back what would not end, to be tried again.
    await boss.stop({ graceful: false })
    this.#boss = undefined
  }

  /** Adds a job inside the transaction `db`. Arrow function: handed to the database as its `enqueue`. */
  readonly enqueue = async (db: Kysely<Tables>, job: JobRequest): Promise<void> => {
    if (!this.#definitions.has(job.name))
      throw new JobError('jobs.unknown_name', `There is no job named ${job.name}`)
    const executeSql = async (text: string, values: unknown[] = []) => {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values))
      return { rows }
    }
    const { singletonKey } = job
    await this.#started.send(job.name, job.data, {
      db: { executeSql },
      singletonKey: singletonKey ?? randomUUID(),
      ...(singletonKey === undefined ? {} : { group: { id: singletonKey } }),
    })
  }

  /** Every kind of job, also those of which there are none. */
  async counts(): Promise<JobCounts[]> {
    const { rows } = await this.#started.getDb().executeSql(queries.COUNTS)
    const found = new Map(rows.map((row: JobCounts) => [row.name, row]))
    return [...this.#definitions.keys()].map(
      (name) => found.get(name) ?? { name, waiting: 0, active: 0, failed: 0 },
    )
  }

  /** What was given up, newest first. */
  async deadLetters(limit: number): Promise<DeadLetter[]> {
    const { rows } = await this.#started.getDb().executeSql(queries.DEAD_LETTERS, [limit])
    return rows
  }

  /** Gives a job that was given up another round of tries. Returns whether there was one. */
  async retry(name: string, id: string): Promise<boolean> {
    const { rows } = await this.#started.getDb().executeSql(queries.RETRY, [name, id])
    return rows.length > 0
  }

  get #started(): PgBoss {
    if (this.#boss === undefined)
      throw new JobError('jobs.not_started', 'The job queue has not been started.')
    return this.#boss
  }

  async #createQueues(boss: PgBoss): Promise<void> {
    const common = {
      retryBackoff: true,
      retryDelay: 1,
      retryDelayMax: 300,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      notify: true,
    }
    const kept = { retentionSeconds: KEEP_WAITING_SECONDS, deleteAfterSeconds: KEEP_DONE_SECONDS }
    const dead = { ...common, ...kept, retryLimit: 20, expireInSeconds: 300 }
    const queues = [
      // Not `short`: that would keep but one of the dead letters that wait at the same time.
      { name: DEAD_QUEUE, policy: 'standard', options: dead },
      ...[...this.#definitions.values()].map(({ name, retryLimit, expireInSeconds }) => ({
        name,
        policy: 'short',
        options: { ...common, ...kept, retryLimit, expireInSeconds, deadLetter: DEAD_QUEUE },
      })),
    ]
    for (const { name, policy, options } of queues) {
      await boss.createQueue(name, { policy, ...options })
      await boss.updateQueue(name, options)
    }
  }

  /** Jobs that a killed program was running: they go on, unless that was already the last try. */
  async #resumeInterrupted(boss: PgBoss): Promise<void> {
    const { rows } = await boss.getDb().executeSql(queries.RESUME)
    if (rows.length > 0) this.#init.log.warn({ action: 'jobs_resumed', count: rows.length })
    const spent: { rows: { name: string; id: string }[] } = await boss.getDb().executeSql(queries.ACTIVE)
    for (const { name, id } of spent.rows)
      await boss.fail(name, id, new Error('The program ended while the job ran'))
  }

  async #startWorkers(boss: PgBoss): Promise<void> {
    const { log, metrics = silentJobMetrics } = this.#init
    const runner = new JobRunner({
      definitions: this.#definitions,
      log,
      metrics,
      stopping: this.#stopping.signal,
    })
    for (const definition of this.#definitions.values()) {
      const { name, concurrency, schedule } = definition
      const run = async (job: JobWithMetadata) => {
        const outcome = await runner.run(definition, job)
        if (outcome === 'interrupted') await boss.getDb().executeSql(queries.RELEASE, [job.name, job.id])
      }
      for (let slot = 0; slot < concurrency; slot++) await startSlot(boss, name, run)
      await (schedule === undefined
        ? boss.unschedule(name)
        : boss.schedule(name, schedule, {}, { tz: 'UTC' }))
    }
    await startSlot(boss, DEAD_QUEUE, (job) => runner.runExhausted(job))
  }
}

/** One job at a time; after each it looks for the next at once, and sleeps only when there was none. */
async function startSlot(
  boss: PgBoss,
  name: string,
  run: (job: JobWithMetadata) => Promise<void>,
): Promise<void> {
  // Of jobs with one key (their group), one runs at a time.
  const slot = await boss.work(name, { ...WORK, groupConcurrency: 1 }, async ([job]: JobWithMetadata[]) => {
    if (job === undefined) return
    boss.notifyWorker(slot)
    await run(job)
  })
}
