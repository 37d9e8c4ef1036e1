import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { silentLogger } from '@stoa/kernel'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoredEvent } from './bus/event-store.ts'
import { EmbeddedPostgres } from './database/embedded/embedded.ts'
import type { JobDefinition } from './jobs/jobs.ts'
import { createPersistence, type Persistence } from './persistence.ts'

const TENANT = { tenantId: '00000000-0000-7000-8000-00000000000a', accountId: null }
const WITHIN = { timeout: 30_000, interval: 10 }

interface Said {
  readonly committed?: number
  readonly job?: string
  readonly attempt?: number
}

describe('everything durable', () => {
  let dataDir: string
  const open: Persistence[] = []
  const programs: ChildProcess[] = []

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'stoa-persist-'))
  })
  afterEach(async () => {
    for (const program of programs.splice(0)) program.kill('SIGKILL')
    for (const persistence of open.splice(0)) await persistence.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function start(jobs: JobDefinition[]): Promise<Persistence> {
    const persistence = await createPersistence({
      postgres: { kind: 'embedded', dataDir },
      work: true,
      log: silentLogger,
    })
    persistence.jobs.define(jobs)
    open.push(persistence)
    await persistence.start(new AbortController().signal)
    return persistence
  }

  const slow = (run: JobDefinition['run']): JobDefinition => ({
    ...{ name: 'slow', retryLimit: 3, concurrency: 1, expireInSeconds: 600 },
    run,
  })

  async function numbersOf(persistence: Persistence): Promise<number[]> {
    const all: StoredEvent[] = []
    for (let more = true; more; ) {
      const page = await persistence.events.since(TENANT.tenantId, all.at(-1)?.id ?? 0)
      all.push(...page.events)
      more = page.more
    }
    return all.map(({ payload }) => (payload as { n: number }).n)
  }

  test('what was acknowledged before a kill -9 is there afterwards, and the interrupted job goes on', async () => {
    const program = spawn(process.execPath, [join(import.meta.dirname, 'persistence.fixture.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    programs.push(program)
    const said: Said[] = []
    createInterface({ input: program.stdout }).on('line', (line) => said.push(JSON.parse(line)))
    await vi.waitFor(() => {
      expect(said.some(({ job }) => job !== undefined)).toBe(true)
      expect(said.filter(({ committed }) => committed !== undefined).length).toBeGreaterThan(100)
    }, WITHIN)
    program.kill('SIGKILL')
    await once(program, 'close')

    const resumed = vi.fn()
    const persistence = await start([slow(async ({ id, attempt }) => resumed(id, attempt))])
    await vi.waitFor(() => expect(resumed).toHaveBeenCalled(), { timeout: 20_000, interval: 10 })
    expect(resumed.mock.calls).toEqual([[said.find(({ job }) => job !== undefined)?.job, 2]])
    const committed = said.flatMap((each) => each.committed ?? [])
    const kept = await numbersOf(persistence)
    // The last one may have been committed without having been said.
    expect(kept.slice(0, committed.length)).toEqual(committed)
    expect(kept.length - committed.length).toBeLessThanOrEqual(1)
  })

  test('a kill -9 of the server while the program lives: writers wait and lose nothing, subscribers miss nothing, jobs run', async () => {
    const ran: number[] = []
    const persistence = await start([slow(async ({ data }) => void ran.push((data as { n: number }).n))])
    const { database, events, server } = persistence
    if (!(server instanceof EmbeddedPostgres)) throw new Error('not embedded')
    const heard: number[] = []
    events.subscribe(TENANT.tenantId, ({ payload }) => heard.push((payload as { n: number }).n))
    const acknowledged: number[] = []
    let unknown = 0
    for (let n = 0; n < 300; n++) {
      if (n === 100 || n === 200) process.kill(server.pid ?? 0, 'SIGKILL')
      await database
        .tenant(TENANT, async (tx) => {
          await tx.emit({ type: 'test.counted', payload: { n } })
          if (n % 50 === 49) await tx.enqueue({ name: 'slow', data: { n } })
        })
        .then(
          () => acknowledged.push(n),
          (error: unknown) => {
            // Broken in the middle of the commit: the writer is told that nobody knows.
            expect(error).toMatchObject({ code: 'database.outcome_unknown' })
            unknown++
          },
        )
    }
    expect(unknown).toBeLessThanOrEqual(2)
    const kept = await numbersOf(persistence)
    expect(acknowledged.filter((n) => !kept.includes(n))).toEqual([])
    expect(new Set(kept).size).toBe(kept.length)
    await vi.waitFor(() => expect(heard).toEqual(kept), WITHIN)
    await vi.waitFor(
      () => expect(ran.toSorted((a, b) => a - b)).toEqual([49, 99, 149, 199, 249, 299]),
      WITHIN,
    )
  })
})
