import { silentLogger } from '@stoa/kernel'
import { type TestDatabase, testDatabase } from '@stoa/testkit/database'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EventFeed } from './event-feed.ts'
import { EventStore, type StoredEvent } from './event-store.ts'
import type { WakeUps } from './wake-ups.ts'

export interface WakeUpsUnderTest {
  readonly wakeUps: WakeUps
  /** Breaks the listener's connection, as a failing network would. */
  breakConnection(): Promise<void>
}

const A = '00000000-0000-7000-8000-00000000000a'
const B = '00000000-0000-7000-8000-00000000000b'
const WITHIN = { timeout: 30_000, interval: 5 }
const SECRET = '00000000-0000-7000-8000-000000000001'

/** What every adapter of `WakeUps` must give the feed. `announced`: it is told of events, the database does not carry the news. */
export function eventFeedAcceptance(
  name: string,
  announced: boolean,
  make: (db: TestDatabase) => WakeUpsUnderTest,
): void {
  describe(`events over ${name}`, () => {
    let db: TestDatabase
    let subject: WakeUpsUnderTest
    let feed: EventFeed

    beforeEach(async () => {
      db = await testDatabase(announced ? { onEvents: (wake) => subject.wakeUps.announce?.(wake) } : {})
      subject = make(db)
      feed = newFeed(subject.wakeUps)
      await feed.start(new AbortController().signal)
    })
    afterEach(async () => {
      await feed.stop()
      await db.close()
    })

    const newFeed = (wakeUps: WakeUps) =>
      new EventFeed({ store: new EventStore(db.database), wakeUps, log: silentLogger })
    const emit = (tenantId: string, n: number) =>
      db.database.tenant({ tenantId, accountId: null }, (tx) =>
        tx.emit({ type: 'test.counted', payload: { n } }),
      )
    test('keep the topic whose followers alone may see them', async () => {
      const got: StoredEvent[] = []
      feed.subscribe(A, (event) => got.push(event))
      const topic = `room:${B}`
      await db.database.tenant({ tenantId: A, accountId: SECRET }, (tx) =>
        tx.emit({ type: 'message.created', topic, payload: {} }),
      )
      await vi.waitFor(() => expect(got.map((event) => event.topic)).toEqual([topic]), WITHIN)
    })

    const numbers = (events: readonly StoredEvent[]) =>
      events.map(({ payload }) => (payload as { n: number }).n)

    test('reach a subscriber after their commit, whole and as stored', async () => {
      const got: StoredEvent[] = []
      feed.subscribe(A, (event) => got.push(event))
      await db.database.tenant({ tenantId: A, accountId: SECRET }, async (tx) => {
        await tx.emit({
          type: 'book.updated',
          accountId: SECRET,
          workspaceId: B,
          payload: { id: 'x', list: [1] },
        })
      })
      await vi.waitFor(() => expect(got).toHaveLength(1), WITHIN)
      expect(got[0]).toEqual({
        id: expect.any(Number),
        tenantId: A,
        type: 'book.updated',
        accountId: SECRET,
        workspaceId: B,
        payload: { id: 'x', list: [1] },
        createdAt: expect.any(Date),
      })
    })

    test('of a transaction that failed are never heard of', async () => {
      const got: StoredEvent[] = []
      feed.subscribeAll((event) => got.push(event))
      const failed = db.database.tenant({ tenantId: A, accountId: null }, async (tx) => {
        await tx.emit({ type: 'test.counted', payload: { n: 1 } })
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      await emit(A, 2)
      await vi.waitFor(() => expect(numbers(got)).toEqual([2]), WITHIN)
    })

    test('of one tenant come in the order of their ids, each once, from writers at the same time', async () => {
      const got: StoredEvent[] = []
      feed.subscribe(A, (event) => got.push(event))
      await Promise.all(Array.from({ length: 100 }, (_, n) => emit(n % 4 === 0 ? B : A, n)))
      await vi.waitFor(() => expect(got).toHaveLength(75), WITHIN)
      const ids = got.map(({ id }) => id)
      expect(ids).toEqual(ids.toSorted((a, b) => a - b))
      expect(new Set(ids).size).toBe(75)
      expect(got.every(({ tenantId }) => tenantId === A)).toBe(true)
    })

    test('that happened while the connection was broken are made up for', async () => {
      const got: StoredEvent[] = []
      feed.subscribe(A, (event) => got.push(event))
      await emit(A, 0)
      await vi.waitFor(() => expect(got).toHaveLength(1), WITHIN)
      await subject.breakConnection()
      for (let n = 1; n <= 5; n++) await emit(A, n)
      await vi.waitFor(() => expect(numbers(got)).toEqual([0, 1, 2, 3, 4, 5]), WITHIN)
    })

    test('can be followed from an earlier one without a gap or a repetition', async () => {
      for (let n = 0; n < 250; n++) await emit(A, n)
      const first = (await feed.since(A, 0, 1)).events[0]
      const got: StoredEvent[] = []
      const writers = Promise.all(Array.from({ length: 50 }, (_, n) => emit(A, 250 + n)))
      const { reset, close } = await feed.follow(A, first?.id ?? 0, (event) => got.push(event))
      await writers
      await vi.waitFor(() => expect(got).toHaveLength(299), WITHIN)
      close()
      expect(reset).toBe(false)
      expect(new Set(numbers(got)).size).toBe(299)
      expect(got.map(({ id }) => id)).toEqual(got.map(({ id }) => id).toSorted((a, b) => a - b))
    })

    test('that were deleted since make who resumes load afresh', async () => {
      for (let n = 0; n < 3; n++) await emit(A, n)
      const [first, , third] = (await feed.since(A, 0)).events
      await db.sql(`update events set created_at = now() - interval '8 days' where id <= $1`, [
        (third?.id ?? 0) - 1,
      ])
      await db.sql(`select delete_old_events(now() - interval '7 days', 100)`)
      expect(await feed.since(A, first?.id ?? 0)).toMatchObject({ reset: true, events: [{ id: third?.id }] })
      expect(await feed.since(A, third?.id ?? 0)).toEqual({ reset: false, more: false, events: [] })
      expect(await feed.since(A, (third?.id ?? 0) + 1)).toEqual({ reset: true, more: false, events: [] })
      await db.sql(`select delete_old_events(now() + interval '1 day', 100)`)
      expect(await feed.since(A, third?.id ?? 0)).toEqual({ reset: false, more: false, events: [] })
    })

    test('a subscriber that throws harms no other', async () => {
      const got: StoredEvent[] = []
      feed.subscribe(A, () => {
        throw new Error('mine')
      })
      feed.subscribe(A, (event) => got.push(event))
      await emit(A, 1)
      await emit(A, 2)
      await vi.waitFor(() => expect(numbers(got)).toEqual([1, 2]), WITHIN)
    })

    test('an ended subscription hears nothing more', async () => {
      const got: StoredEvent[] = []
      const others: StoredEvent[] = []
      const end = feed.subscribe(A, (event) => got.push(event))
      feed.subscribe(B, (event) => others.push(event))
      end()
      await emit(A, 1)
      await emit(B, 2)
      await vi.waitFor(() => expect(others).toHaveLength(1), WITHIN)
      expect(got).toEqual([])
    })
  })
}
