import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { JobDefinition } from '../jobs/jobs.ts'

export interface Retention {
  /** How long a client may stay away and still resume; days. */
  readonly eventDays: number
  /** How long an answer is kept for a repeated request; hours. */
  readonly idempotencyHours: number
  /** How long a job that is done stays on record; hours. Those that were given up stay longer. */
  readonly doneJobHours: number
}

export const DEFAULT_RETENTION: Retention = { eventDays: 7, idempotencyHours: 48, doneJobHours: 6 }

const BATCH = 5000

/** Hourly: deletes what is past its time, in batches that hold no lock for long. */
export function createCleanUpJob(
  database: Database,
  retention: Retention = DEFAULT_RETENTION,
): JobDefinition {
  return {
    ...{
      name: 'platform.clean_up',
      retryLimit: 3,
      concurrency: 1,
      expireInSeconds: 600,
      schedule: '17 * * * *',
    },
    async run({ signal, log }) {
      const { eventDays, idempotencyHours, doneJobHours } = retention
      const events = await untilNone(signal, async () => {
        const { rows } = await sql<Deleted>`select stoa.delete_old_events(
          now() - make_interval(days => ${eventDays}), ${BATCH}) as count`.execute(database.pool)
        return rows[0]?.count ?? 0
      })
      const keys = await untilNone(signal, async () => {
        const { rows } = await sql<Deleted>`select stoa.delete_old_idempotency_keys(
          now() - make_interval(hours => ${idempotencyHours}), ${BATCH}) as count`.execute(database.pool)
        return rows[0]?.count ?? 0
      })
      const jobs = await untilNone(signal, async () => {
        const deleted = await sql`delete from jobs.job where (name, id) in (
          select name, id from jobs.job where state = 'completed'
            and completed_on < now() - make_interval(hours => ${doneJobHours}) limit ${BATCH})`.execute(
          database.pool,
        )
        return Number(deleted.numAffectedRows ?? 0)
      })
      log.info({ action: 'platform_cleaned_up', events, idempotency_keys: keys, jobs })
    },
  }
}

interface Deleted {
  readonly count: number
}

async function untilNone(signal: AbortSignal, deleteSome: () => Promise<number>): Promise<number> {
  let total = 0
  for (let deleted = BATCH; deleted > 0; total += deleted) {
    signal.throwIfAborted()
    deleted = await deleteSome()
  }
  return total
}
