import { uuidv7 } from '@stoa/kernel'
import { describe, expect, test } from 'vitest'
import type { SessionRecord, SessionStore } from './store.ts'

export interface SessionStoreUnderTest {
  readonly store: SessionStore
  /** Lets time pass. */
  readonly pass: (milliseconds: number) => Promise<void>
  /** How many keys and members there are, of whatever kind. */
  readonly leftovers: () => Promise<number>
}

const NONE = { messagesSent: 0, messagesReceived: 0, bytesSent: 0, bytesReceived: 0, lastHeartbeatAt: 0 }

const sessionOf = (more: Partial<SessionRecord> = {}): SessionRecord => ({
  ...{ id: uuidv7(), userId: uuidv7(), tenantId: uuidv7(), connectionId: uuidv7(), clientIp: '10.0.0.1' },
  ...{
    state: 'connecting',
    createdAt: Date.now(),
    expiresAt: Date.now() + (more.ttlMs ?? 60_000),
    ttlMs: 60_000,
  },
  ...{ metadata: { device: 'Laptop "A"' }, stats: NONE },
  ...more,
})

/** What every adapter of {@link SessionStore} keeps. The store is empty at the beginning of every test. */
export function sessionStoreAcceptance(name: string, make: () => SessionStoreUnderTest): void {
  describe(`sessions in ${name}`, () => {
    test('are found by id, connection and user, and changed', async () => {
      const { store } = make()
      const session = sessionOf()
      const made = await store.create(session)
      expect(made).toMatchObject({ id: session.id, metadata: session.metadata, stats: NONE, ttlMs: 60_000 })
      expect(await store.read(session.id)).toEqual(made)
      expect(await store.readByConnection(session.connectionId)).toEqual(made)
      await store.change(session.id, { state: 'active', metadata: { a: '1' }, clientIp: '10.0.0.2' })
      expect(await store.read(session.id)).toEqual({
        ...made,
        state: 'active',
        metadata: { a: '1' },
        clientIp: '10.0.0.2',
      })
      expect(await store.change(uuidv7(), { state: 'idle' })).toBeUndefined()
    })

    test('are one for a connection, however often it is made', async () => {
      const { store } = make()
      const first = await store.create(sessionOf())
      const again = await store.create(sessionOf({ connectionId: first.connectionId, userId: first.userId }))
      expect(again).toEqual(first)
      expect((await store.list(first.userId, undefined, 10)).total).toBe(1)
    })

    test('live on by heartbeats, which count', async () => {
      const { store, pass } = make()
      const session = await store.create(sessionOf({ ttlMs: 2_000 }))
      for (let n = 0; n < 3; n++) {
        await pass(1_000)
        expect(
          await store.heartbeat(session.id, undefined, { ...NONE, messagesSent: 2, bytesReceived: 3 }),
        ).toBeDefined()
      }
      const found = await store.read(session.id)
      expect(found?.stats).toMatchObject({ messagesSent: 6, bytesReceived: 9, messagesReceived: 0 })
      expect(found?.expiresAt).toBeGreaterThan(session.expiresAt)
      expect(await store.heartbeat(uuidv7(), undefined, NONE)).toBeUndefined()
    })

    test('are gone everywhere when they have expired', async () => {
      const { store, pass } = make()
      const session = await store.create(sessionOf({ ttlMs: 100, expiresAt: Date.now() + 100 }))
      await pass(150)
      expect(await store.read(session.id)).toBeUndefined()
      expect(await store.readByConnection(session.connectionId)).toBeUndefined()
      expect(await store.heartbeat(session.id, 1_000, NONE)).toBeUndefined()
      expect(await store.change(session.id, { state: 'active' })).toBeUndefined()
      expect(await store.delete(session.id)).toBe(false)
      expect((await store.list(session.userId, undefined, 10)).sessions).toEqual([])
      expect((await store.list(undefined, undefined, 10)).total).toBe(0)
    })

    test('are deleted once, and leave nothing', async () => {
      const { store, leftovers } = make()
      const session = await store.create(sessionOf())
      expect(await Promise.all([store.delete(session.id), store.delete(session.id)])).toEqual([true, false])
      expect(await leftovers()).toBe(0)
    })

    test('are listed newest first, in pages', async () => {
      const { store } = make()
      const userId = uuidv7()
      const ids: string[] = []
      for (let n = 0; n < 5; n++) ids.push((await store.create(sessionOf({ userId }))).id)
      await store.create(sessionOf())
      const first = await store.list(userId, undefined, 3)
      const rest = await store.list(userId, first.next, 3)
      expect([...first.sessions, ...rest.sessions].map(({ id }) => id)).toEqual(ids.toSorted().reverse())
      expect([first.total, rest.next]).toEqual([5, undefined])
      expect((await store.list(undefined, undefined, 100)).total).toBe(6)
    })

    test('by the thousand expire without a trace; those that live stay', async () => {
      const { store, pass, leftovers } = make()
      const living = await store.create(sessionOf({ ttlMs: 600_000, expiresAt: Date.now() + 600_000 }))
      const before = await leftovers()
      for (let batch = 0; batch < 20; batch++) {
        const made = Array.from({ length: 100 }, (_, n) =>
          store.create(sessionOf({ ttlMs: 300, ...(n % 2 === 0 ? { userId: living.userId } : {}) })),
        )
        await Promise.all(made)
      }
      await pass(1_500)
      await store.sweep()
      expect(await leftovers()).toBe(before)
      expect((await store.list(living.userId, undefined, 10)).sessions).toEqual([living])
      await store.delete(living.id)
      expect(await leftovers()).toBe(0)
    })
  })
}
