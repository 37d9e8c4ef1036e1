import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JobDefinition, JobRun } from './jobs.ts'
import { PgBossJobs } from './pg-boss-jobs.ts'

const ACTOR = { tenantId: '00000000-0000-7000-8000-00000000000a', accountId: null }
type Data = { n: number }

/** A definition that notes what it is given. */
function recording(more: Partial<JobDefinition<Data>> = {}): { job: JobDefinition; runs: JobRun<Data>[] } {
  const runs: JobRun<Data>[] = []
  const job: JobDefinition<Data> = {
    ...{ name: 'count', retryLimit: 2, concurrency: 1, expireInSeconds: 60 },
    ...more,
    async run(run) {
      runs.push(run)
      await more.run?.(run)
    },
  }
  return { job: job as JobDefinition, runs }
}

describe('jobs', () => {
  let db: TestDatabase
  let jobs: PgBossJobs
  const started: PgBossJobs[] = []

  beforeEach(async () => {
    db = await testDatabase({ enqueue: (tx, job) => jobs.enqueue(tx, job) })
  })
  afterEach(async () => {
    for (const each of started.splice(0)) await each.stop()
    await db.close()
  })

  async function start(
    definitions: JobDefinition[],
    more: { work?: boolean; exclusive?: boolean; stopWithin?: number } = {},
  ) {
    jobs = new PgBossJobs({
      server: db,
      definitions,
      log: silentLogger,
      work: true,
      exclusive: true,
      ...more,
    })
    started.push(jobs)
    await jobs.start()
    return jobs
  }

  const add = (n: number, singletonKey?: string) =>
    db.database.tenant(ACTOR, (tx) =>
      tx.enqueue({ name: 'count', data: { n }, ...(singletonKey === undefined ? {} : { singletonKey }) }),
    )

  test('run as soon as the transaction that added them has committed', async () => {
    const { job, runs } = recording()
    await start([job])
    const before = performance.now()
    await add(1)
    await vi.waitFor(() => expect(runs.map((run) => run.data)).toEqual([{ n: 1 }]), { interval: 5 })
    expect(performance.now() - before).toBeLessThan(500)
  })

  test('a transaction that fails adds nothing', async () => {
    const { job, runs } = recording()
    await start([job])
    const failed = db.database.tenant(ACTOR, async (tx) => {
      await tx.enqueue({ name: 'count', data: { n: 1 } })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    await add(2)
    await vi.waitFor(() => expect(runs).toHaveLength(1))
    expect(runs[0]?.data).toEqual({ n: 2 })
  })

  test('a backlog is worked off without pauses', async () => {
    const { job, runs } = recording()
    await start([job], { work: false })
    for (let n = 0; n < 30; n++) await add(n)
    await jobs.stop()
    const before = performance.now()
    await start([job])
    await vi.waitFor(() => expect(runs).toHaveLength(30), { timeout: 10_000, interval: 10 })
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
