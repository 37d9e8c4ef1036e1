import {
  type ClientFrame,
  type CloseReason,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { silentLogger, uuidv7 } from '@stoa/kernel'
import { until } from '@stoa/testkit/until'
import { expect, onTestFinished, test, vi } from 'vitest'
import { noSignals } from '../../../platform/bus/signals.ts'
import type { Followed, TopicListener } from '../../../platform/bus/topics.ts'
import type { TenantContext } from '../../../platform/database/database.ts'
import type { Channel } from '../socket.ts'
import { EventFrames } from './event-frames.ts'
import { Presence } from './presence.ts'
import { TopicConnection, type TopicConnectionInit } from './topic-connection.ts'

const context: TenantContext = { tenantId: 't', accountId: 'ada', sessionId: 's', role: 'member' }
const LIMIT_BYTES = 2 * 1024 * 1024

/** A connection over a channel of the test's, to topics that the test fills. */
function connect(more: Partial<TopicConnectionInit> = {}) {
  const sent: ServerFrame[] = []
  const closedBy: CloseReason[] = []
  const channel = {
    ...{ transport: 'websocket', buffered: 0, pause: () => {}, resume: () => {} },
    send: (bytes) => void sent.push(decodeServerFrame(bytes)),
    close: (reason) => void closedBy.push(reason),
  } satisfies Channel as Channel & { buffered: number }
  const listeners = new Map<string, TopicListener>()
  const followed: Followed = { seq: 7, reset: false, isSettled: () => true, close: () => {} }
  const presence = new Presence({ signals: noSignals, gatewayId: 'here' })
  onTestFinished(() => presence.close())
  const connection = new TopicConnection({
    ...{ id: uuidv7(), context, expiresAt: 1_000, channel, presence, log: silentLogger, quantum: undefined },
    topics: {
      follow: async (_, topic, __, listener) => {
        listeners.set(topic, listener)
        return followed
      },
      delivered: () => 9,
    },
    frames: new EventFrames(async () => undefined, silentLogger),
    authenticator: { verify: async (token) => ({ ...context, sessionId: token }) },
    expiryOf: () => 5_000,
    ...more,
  })
  const say = (frame: ClientFrame) => connection.receive(encodeClientFrame(frame))
  const of = <K extends ServerFrame['kind']>(kind: K) =>
    sent.filter((frame): frame is Extract<ServerFrame, { kind: K }> => frame.kind === kind)
  const follow = async (topic: string) => {
    say({ kind: 'follow', topic })
    await until('it follows', () => of('following').some((frame) => frame.topic === topic))
    return listeners.get(topic)
  }
  return { connection, channel, sent, closedBy, say, of, follow, followed, presence }
}

const eventOf = (id: number, type = 'room.renamed', payload: unknown = {}) => ({
  ...{ id, tenantId: 't', type, payload, createdAt: new Date(0) },
})

test('TOPIC-2: the first frame is the welcome; a second hello makes no sense', () => {
  const { sent, say, closedBy } = connect()
  expect(sent).toMatchObject([{ kind: 'welcome', account_id: 'ada' }])
  say({ kind: 'hello', version: 1, token: 's' })
  expect(closedBy).toEqual(['malformed'])
})

test('TOPIC-3: a new token of the same session moves the end; one of another session is the end', async () => {
  const { connection, say, of, closedBy } = connect()
  expect(connection.isExpired(1_001)).toBe(true)
  say({ kind: 'refresh', token: 's' })
  await until('it is renewed', () => of('refreshed').length === 1)
  expect(of('refreshed')[0]?.expires_at).toBe(new Date(5_000).toISOString())
  expect([connection.isExpired(5_000), connection.isExpired(5_001)]).toEqual([false, true])
  say({ kind: 'refresh', token: 'another' })
  await until('it is over', () => closedBy.length === 1)
  expect(closedBy).toEqual(['unauthenticated'])
})

test('TOPIC-4: what was missed comes before "following", which says who is here', async () => {
  const { say, of, sent } = connect({
    topics: {
      follow: async (_, __, after, { onEvent }) => {
        onEvent(eventOf((after ?? 0) + 1))
        return { seq: 5, reset: true, isSettled: () => true, close: () => {} }
      },
      delivered: () => 5,
    },
  })
  say({ kind: 'follow', topic: 'account', after: 4 })
  await until('it follows', () => of('following').length === 1)
  expect(sent.slice(1)).toMatchObject([
    { kind: 'event', seq: 5 },
    { kind: 'following', topic: 'account', seq: 5, reset: true, present: ['ada'] },
  ])
})

test('TOPIC-5: an event whose message is long in coming holds back those after it', async () => {
  const slow = Promise.withResolvers<object>()
  const { follow, of } = connect({ frames: new EventFrames(() => slow.promise, silentLogger) })
  const listener = await follow('account')
  listener?.onEvent(eventOf(8, 'message.created', { room_id: 'r', message_id: 'm', revision: 1 }))
  listener?.onEvent(eventOf(9))
  slow.resolve({ id: 'm' })
  await until('both have come', () => of('event').length === 2)
  expect(of('event').map(({ seq }) => seq)).toEqual([8, 9])
})

test('TOPIC-6: pong comes after the events before it, and names a sequence only when nothing is held back', async () => {
  const held = { seq: 7, reset: false, isSettled: () => held.settled, close: () => {}, settled: true }
  const { say, of, sent, closedBy } = connect({
    topics: {
      follow: async (_, __, ___, { onEvent }) => {
        onEvent(eventOf(9))
        return held
      },
      delivered: () => 9,
    },
  })
  say({ kind: 'follow', topic: 'account' })
  await until('it follows', () => of('following').length === 1)
  say({ kind: 'ping' })
  await until('it is answered', () => of('pong').length === 1)
  expect(sent.slice(1).map(({ kind }) => kind)).toEqual(['event', 'following', 'pong'])
  held.settled = false
  say({ kind: 'ping' })
  await until('it is answered', () => of('pong').length === 2)
  expect(of('pong')).toEqual([{ kind: 'pong', seq: 9 }, { kind: 'pong' }])
  expect(closedBy).toEqual([])
})

test('TOPIC-7: why a topic is not followed, or not any more', async () => {
  const { say, of, follow } = connect()
  const listener = await follow('room:1')
  listener?.onForbidden()
  await follow('account')
  say({ kind: 'leave', topic: 'account' })
  await until('both are left', () => of('left').length === 2)
  expect(of('left')).toEqual([
    { kind: 'left', topic: 'room:1', code: 'topic.forbidden' },
    { kind: 'left', topic: 'account', code: 'topic.left' },
  ])
  const codeOf = async (answer: () => Promise<undefined>) => {
    const one = connect({ topics: { follow: answer, delivered: () => 0 } })
    one.say({ kind: 'follow', topic: 'tenant' })
    await until('it is left', () => one.of('left').length === 1)
    return one.of('left')[0]?.code
  }
  expect(await codeOf(async () => undefined)).toBe('topic.not_found')
  expect(await codeOf(() => Promise.reject(new Error('the database is away')))).toBe('topic.unavailable')
})

test('TOPIC-8: a signal goes to the others alone, from followers alone, twenty times a second', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { say, of, presence } = connect()
  const heard: ServerFrame[] = []
  presence.join('t/room:1', 'room:1', {
    accountId: 'bob',
    relaySignal: (bytes) => void heard.push(decodeServerFrame(bytes)),
  })
  const type = () => say({ kind: 'signal', topic: 'room:1', type: 'typing' })
  type()
  expect(of('error')).toEqual([{ kind: 'error', code: 'topic.not_followed', topic: 'room:1' }])
  say({ kind: 'follow', topic: 'room:1' })
  await vi.waitFor(() => expect(of('following')).toHaveLength(1))
  for (let n = 0; n < 20; n++) type()
  const typed = heard.filter(({ kind }) => kind === 'signal')
  expect(typed).toHaveLength(19)
  expect(typed[0]).toMatchObject({ topic: 'room:1', type: 'typing', account_id: 'ada' })
  expect(of('error').at(-1)?.code).toBe('signal.too_much')
  expect(of('signal')).toEqual([])
  vi.advanceTimersByTime(1_000)
  type()
  expect(heard.filter(({ kind }) => kind === 'signal')).toHaveLength(20)
})

test('TOPIC-10: who is more than 2 MiB behind is let go as slow', async () => {
  const { follow, channel, closedBy, of } = connect()
  const listener = await follow('account')
  channel.buffered = LIMIT_BYTES
  listener?.onEvent(eventOf(8))
  await until('it has come', () => of('event').length === 1)
  channel.buffered = LIMIT_BYTES + 1
  listener?.onEvent(eventOf(9))
  await until('it is let go', () => closedBy.length === 1)
  expect([closedBy, of('event').length]).toEqual([['slow'], 1])
})

test('TOPIC-11: a frame has at most 16 KiB', () => {
  const frame = (bytes: number) => {
    const empty = encodeClientFrame({ kind: 'signal', topic: 'account', type: 't', data: '' }).length
    return encodeClientFrame({ kind: 'signal', topic: 'account', type: 't', data: 'x'.repeat(bytes - empty) })
  }
  const { connection, closedBy } = connect()
  connection.receive(frame(16 * 1024))
  expect(closedBy).toEqual([])
  connection.receive(frame(16 * 1024 + 1))
  expect(closedBy).toEqual(['tooLarge'])
})

test('TOPIC-11: a thousand frames may come at once, and a hundred a second after that', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { say, closedBy } = connect()
  const ping = (times: number) => {
    for (let n = 0; n < times; n++) say({ kind: 'ping' })
    return closedBy.length
  }
  expect(ping(1_000)).toBe(0)
  vi.advanceTimersByTime(1_000)
  expect(ping(100)).toBe(0)
  expect(ping(1)).toBe(1)
  expect(closedBy).toEqual(['limited'])
})

test('TOPIC-12: the welcome tells of the UDP port where there is one', () => {
  const quantum = { port: 4433, key: 'A'.repeat(43) }
  expect(connect({ quantum }).of('welcome')[0]?.quantum).toEqual(quantum)
  expect(connect().of('welcome')[0]).not.toHaveProperty('quantum')
})
