import { silentLogger, uuidv7 } from '@stoa/kernel'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventListener } from '../../platform/bus/event-feed.ts'
import { type Ask, SessionWatch } from './session-watch.ts'

const tenantId = uuidv7()
const [anna, ben] = [uuidv7(), uuidv7()]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watching() {
  let announce: EventListener = () => {}
  const events = {
    subscribe: (_: string, listener: EventListener) => {
      announce = listener
      return () => {}
    },
  }
  const watch = new SessionWatch({ events, log: silentLogger, sweepMs: 1_000 })
  const follow = (accountId: string, topic?: string) => {
    const asked: Ask[] = []
    const context = { tenantId, accountId, sessionId: uuidv7(), role: 'member' } as const
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
  await vi.advanceTimersByTimeAsync(6_500)
  for (const one of asked)
    expect(one).toEqual(['session', 'session', 'session', 'session', 'session', 'everything'])
  watch.stop()
  await vi.advanceTimersByTimeAsync(6_500)
  expect(asked[0]).toHaveLength(6)
})

test('CONN-4: an event asks for everything at once: of its account, and of its topic', async () => {
  const { watch, follow, say } = watching()
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
