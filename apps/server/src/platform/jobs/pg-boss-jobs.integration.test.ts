import { once } from 'node:events'
import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JobDefinition, JobRun } from './jobs.ts'
import { PgBossJobs } from './pg-boss-jobs.ts'

const ACTOR = { tenantId: '00000000-0000-7000-8000-00000000000a', accountId: null }
const WITHIN = { timeout: 30_000, interval: 10 }
const NONE = { name: 'count', waiting: 0, active: 0, failed: 0 }
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
    const took: number[] = []
    for (let n = 0; n < 4; n++) {
      const before = performance.now()
      await add(n)
      await vi.waitFor(
        () => expect(runs.map(({ data }) => data.n)).toEqual([0, 1, 2, 3].slice(0, n + 1)),
        WITHIN,
      )
      took.push(performance.now() - before)
    }
    // Told, not found by the next look, which comes two seconds after the one that found the job before. On a machine that is
    // busy otherwise some are late all the same.
    expect(Math.min(...took.slice(1))).toBeLessThan(1_500)
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
    await vi.waitFor(() => expect(runs).toHaveLength(1), WITHIN)
    expect(runs[0]?.data).toEqual({ n: 2 })
  })

  test('a backlog is worked off without pauses', async () => {
    const { job, runs } = recording()
    await start([job], { work: false })
    for (let n = 0; n < 30; n++) await add(n)
    await jobs.stop()
    const before = performance.now()
    await start([job])
    await vi.waitFor(() => expect(runs).toHaveLength(30), WITHIN)
    expect(performance.now() - before).toBeLessThan(20_000)
  })

  test('a job that fails is tried again with its count, then given up once, with its reason', async () => {
    const onExhausted = vi.fn(async () => {})
    const { job, runs } = recording({
      retryLimit: 1,
      run: async ({ attempt }) => {
        throw new Error(`no ${attempt}`)
      },
      onExhausted,
    })
    await start([job])
    await add(7)
    await vi.waitFor(() => expect(onExhausted).toHaveBeenCalledTimes(1), WITHIN)
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect(onExhausted).toHaveBeenCalledWith(
      expect.objectContaining({ id: runs[0]?.id, data: { n: 7 }, attempt: 2 }),
      expect.objectContaining({ message: 'no 2', code: 'jobs.exhausted' }),
    )
    expect(await jobs.counts()).toContainEqual({ name: 'count', waiting: 0, active: 0, failed: 1 })
    const letters = await jobs.deadLetters(10)
    expect(letters).toEqual([
      expect.objectContaining({ id: runs[0]?.id, name: 'count', data: { n: 7 }, attempts: 2, error: 'no 2' }),
    ])
  })

  test('of many that are given up at once, each is told of', async () => {
    const onExhausted = vi.fn<NonNullable<JobDefinition<Data>['onExhausted']>>(async () => {})
    const fail = async () => {
      throw new Error('no')
    }
    const { job } = recording({ retryLimit: 0, concurrency: 5, run: fail, onExhausted })
    await start([job])
    await db.database.tenant(ACTOR, async (tx) => {
      for (let n = 0; n < 10; n++) await tx.enqueue({ name: 'count', data: { n } })
    })
    await vi.waitFor(() => expect(onExhausted).toHaveBeenCalledTimes(10), WITHIN)
    const told = onExhausted.mock.calls.map(([{ data }]) => data.n)
    expect(told.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('a job that was given up can be given another round', async () => {
    let broken = true
    const { job, runs } = recording({
      retryLimit: 0,
      run: async () => {
        if (broken) throw new Error('broken')
      },
    })
    await start([job])
    await add(1)
    await vi.waitFor(async () => expect(await jobs.deadLetters(1)).toHaveLength(1), WITHIN)
    broken = false
    expect(await jobs.retry('count', runs[0]?.id ?? '')).toBe(true)
    await vi.waitFor(() => expect(runs).toHaveLength(2), WITHIN)
    await vi.waitFor(async () => expect(await jobs.counts()).toContainEqual(NONE), WITHIN)
    expect(await jobs.retry('count', runs[0]?.id ?? '')).toBe(false)
  })

  test('what a killed program was running goes on when the next one starts', async () => {
    const { job, runs } = recording()
    await start([job], { work: false })
    await add(1)
    await add(2)
    await jobs.stop()
    // What a program leaves that is killed in the middle of the first job.
    await db.sql(`update jobs.job set state = 'active', started_on = now(), heartbeat_on = now()
      where id = (select id from jobs.job where name = 'count' order by created_on limit 1)`)
    const before = performance.now()
    await start([job])
    await vi.waitFor(
      () => expect(runs.map(({ data }) => data.n).toSorted((a, b) => a - b)).toEqual([1, 2]),
      WITHIN,
    )
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(runs.find(({ data }) => data.n === 1)?.attempt).toBe(2)
  })

  test('a job that kills the program each time is given up at last', async () => {
    const onExhausted = vi.fn(async () => {})
    const { job, runs } = recording({ retryLimit: 2, onExhausted })
    await start([job], { work: false })
    await add(1)
    await jobs.stop()
    await db.sql(
      `update jobs.job set state = 'active', started_on = now(), retry_count = 2 where name = 'count'`,
    )
    await start([job])
    await vi.waitFor(() => expect(onExhausted).toHaveBeenCalledTimes(1), WITHIN)
    expect(runs).toEqual([])
  })

  test('a running job is asked to end when the program stops, and does not lose a try by it', async () => {
    const begun = Promise.withResolvers<void>()
    const { job, runs } = recording({
      retryLimit: 0,
      run: async ({ signal, attempt }) => {
        if (runs.length > 1) return expect(attempt).toBe(1)
        begun.resolve()
        await once(signal, 'abort')
        signal.throwIfAborted()
      },
    })
    await start([job])
    await add(1)
    await begun.promise
    await jobs.stop()
    expect(await db.sql(`select state from jobs.job where name = 'count'`)).toEqual([{ state: 'retry' }])
    await start([job])
    await vi.waitFor(() => expect(runs.map(({ attempt }) => attempt)).toEqual([1, 1]), WITHIN)
    await vi.waitFor(async () => expect(await jobs.counts()).toContainEqual(NONE), WITHIN)
  })

  test('a job that does not end in time does not hold up the stop, and is tried again', async () => {
    const begun = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { job } = recording({
      run: () => {
        begun.resolve()
        return release.promise
      },
    })
    await start([job], { stopWithin: 100 })
    await add(1)
    await begun.promise
    const before = performance.now()
    await jobs.stop()
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(await db.sql(`select state from jobs.job where name = 'count'`)).toEqual([{ state: 'retry' }])
    release.resolve()
  })

  test('one key: added once while it waits, once more while it runs, never run twice at a time', async () => {
    const gate = Promise.withResolvers<void>()
    const { job, runs } = recording({ concurrency: 3, run: () => gate.promise })
    await start([job])
    await add(1, 'book')
    await vi.waitFor(() => expect(runs).toHaveLength(1), WITHIN)
    await add(2, 'book')
    await add(3, 'book')
    await add(4, 'other')
    await vi.waitFor(() => expect(runs).toHaveLength(2), WITHIN)
    gate.resolve()
    await vi.waitFor(() => expect(runs.map(({ data }) => data.n)).toEqual([1, 4, 2]), WITHIN)
    await vi.waitFor(async () => expect(await jobs.counts()).toContainEqual(NONE), WITHIN)
  })

  test('as many run at once as the definition allows', async () => {
    const gate = Promise.withResolvers<void>()
    const { job, runs } = recording({ concurrency: 2, run: () => gate.promise })
    await start([job])
    for (let n = 0; n < 4; n++) await add(n)
    await vi.waitFor(() => expect(runs).toHaveLength(2), WITHIN)
    expect((await jobs.counts()).find(({ name }) => name === 'count')).toMatchObject({
      waiting: 2,
      active: 2,
    })
    gate.resolve()
    await vi.waitFor(() => expect(runs).toHaveLength(4), WITHIN)
  })

  test('a name without a definition is refused, and so is everything before the start', async () => {
    const { job } = recording()
    await start([job])
    const unknown = db.database.tenant(ACTOR, (tx) => tx.enqueue({ name: 'nobody', data: {} }))
    await expect(unknown).rejects.toMatchObject({ code: 'jobs.unknown_name' })
    await jobs.stop()
    await expect(add(1)).rejects.toMatchObject({ code: 'jobs.not_started' })
  })

  test('a schedule is kept while its definition has one', async () => {
    const { job } = recording({ schedule: '17 3 * * *' })
    await start([job])
    expect(await db.sql('select name, cron, timezone from jobs.schedule')).toEqual([
      { name: 'count', cron: '17 3 * * *', timezone: 'UTC' },
    ])
    await jobs.stop()
    await start([recording().job])
    expect(await db.sql('select name from jobs.schedule')).toEqual([])
  })
})
