import { silentLogger, uuidv7 } from '@stoa/kernel'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventListener } from '../../platform/bus/event-feed.ts'
import { type Ask, SessionWatch } from './session-watch.ts'

const tenantId = uuidv7()
const [anna, ben] = [uuidv7(), uuidv7()]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watching(sweepMs = 1_000) {
  let announce: EventListener = () => {}
  const events = {
    subscribe: (_: string, listener: EventListener) => {
      announce = listener
      return () => {}
    },
  }
  const watch = new SessionWatch({ events, log: silentLogger, sweepMs })
  const follow = (accountId: string, topic?: string, sessionId = uuidv7()) => {
    const asked: Ask[] = []
    const context = { tenantId, accountId, sessionId, role: 'member' } as const
    watch.watch({ context, ...(topic && { topic }), recheck: async (ask) => void asked.push(ask) })
    return asked
  }
  const say = async (event: {
    readonly type: string
    readonly accountId?: string
    readonly topic?: string
  }) => {
    announce({ ...{ id: 1, tenantId, payload: {}, createdAt: new Date() }, ...event })
    await vi.advanceTimersByTimeAsync(60)
  }
  return { watch, follow, say }
}

test('CONN-4: a sweep asks for sessions alone, and every sixth for everything', async () => {
  const { watch, follow } = watching()
  const asked = Array.from({ length: 20 }, () => follow(anna))
  await vi.advanceTimersByTimeAsync(6_000)
  for (const one of asked)
    expect(one).toEqual(['session', 'session', 'session', 'session', 'session', 'everything'])
  watch.stop()
  await vi.advanceTimersByTimeAsync(6_500)
  expect(asked[0]).toHaveLength(6)
})

test('CONN-4: a sweep asks a few at a time, the connections of one session together', async () => {
  const { watch, follow } = watching()
  const sessions = Array.from({ length: 200 }, () => uuidv7())
  const asked = sessions.flatMap((sessionId) => [
    follow(anna, undefined, sessionId),
    follow(anna, undefined, sessionId),
  ])
  const sizes: number[] = []
  for (let part = 0; part < 20; part += 1) {
    const before = asked.flat().length
    await vi.advanceTimersByTimeAsync(50)
    sizes.push(asked.flat().length - before)
    for (let n = 0; n < asked.length; n += 2) expect(asked[n]?.length).toBe(asked[n + 1]?.length)
  }
  expect(asked.every(({ length }) => length === 1)).toBe(true)
  expect(Math.max(...sizes)).toBeLessThan(asked.length / 4)
  watch.stop()
})

test('CONN-4: an event asks for everything at once: of its account, and of its topic', async () => {
  // No sweep comes in between.
  const { watch, follow, say } = watching(1_000_000)
  const here = follow(anna, 'document:1')
  const other = follow(ben, 'document:2')
  const rooms = follow(ben)
  const all = () => [here.splice(0), other.splice(0), rooms.splice(0)]
  await say({ type: 'session.revoked', accountId: ben })
  expect(all()).toEqual([[], ['everything'], ['everything']])
  await say({ type: 'document.members_changed', topic: 'document:1' })
  expect(all()).toEqual([['everything'], [], []])
  await say({ type: 'member.removed' })
  expect(all()).toEqual([['everything'], ['everything'], ['everything']])
  await say({ type: 'message.created', topic: 'room:1' })
  expect(all()).toEqual([[], [], []])
  watch.stop()
})
