import { silentLogger } from '@stoa/kernel'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Append } from '../store/store.ts'
import { Committer } from './committer.ts'

const userId = 'anna'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A document into which is written, and when its commits began and what they held. */
function setUp() {
  const commits: { readonly at: number; readonly operations: number }[] = []
  const startedAt = performance.now()
  const append = async (_tenantId: string, appends: readonly Append[]) => {
    const operations = appends.reduce((sum, one) => sum + one.operations.length, 0)
    commits.push({ at: performance.now() - startedAt, operations })
    return new Set(appends.map(({ documentId }) => documentId))
  }
  const committer = new Committer({ store: { append }, log: silentLogger, onCommit: () => {} })
  let waiting = 0
  const document = {
    tenantId: 'tenant',
    id: 'document',
    nextAppend: (): Append | undefined =>
      waiting === 0
        ? undefined
        : { documentId: 'document', epoch: 1, firstVersion: 1, operations: operationsOf(waiting) },
    committed: ({ operations }: Append) => {
      waiting -= operations.length
    },
    commitFailed: () => {},
    close: () => {},
  }
  const write = () => {
    waiting += 1
    committer.enqueue(document)
  }
  return { commits, write }
}

const operationsOf = (count: number) =>
  Array.from({ length: count }, () => ({ userId, update: new Uint8Array(1) }))

test('what is typed without a pause shares commits 40 ms apart, the first begins at once', async () => {
  const { commits, write } = setUp()
  for (let edits = 0; edits < 25; edits++) {
    write()
    await vi.advanceTimersByTimeAsync(13)
  }
  expect(commits.map(({ at }) => at)).toEqual([0, 40, 80, 120, 160, 200, 240, 280, 320])
  expect(commits.reduce((sum, { operations }) => sum + operations, 0)).toBe(25)
})

test('who writes on as soon as it is acknowledged waits 4 ms, not 40', async () => {
  const { commits, write } = setUp()
  write()
  await vi.advanceTimersByTimeAsync(0)
  for (let edits = 1; edits < 20; edits++) {
    // In the moment in which the one before was committed.
    write()
    await vi.advanceTimersByTimeAsync(4)
  }
  expect(commits.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, n) => 4 * n))
})

test('what comes after a pause is committed at once', async () => {
  const { commits, write } = setUp()
  write()
  await vi.advanceTimersByTimeAsync(100)
  write()
  await vi.advanceTimersByTimeAsync(0)
  expect(commits.map(({ at }) => at)).toEqual([0, 100])
})
