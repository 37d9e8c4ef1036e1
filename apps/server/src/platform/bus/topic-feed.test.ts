import { silentLogger } from '@stoa/kernel'
import { expect, test } from 'vitest'
import type { TenantContext } from '../database/database.ts'
import type { EventListener } from './event-feed.ts'
import type { StoredEvent } from './event-store.ts'
import { TopicFeed } from './topic-feed.ts'

const ROOM = '00000000-0000-7000-8000-00000000000a'
const OTHER = '00000000-0000-7000-8000-00000000000b'
const SPACE = '00000000-0000-7000-8000-00000000000c'
const me: TenantContext = { tenantId: 't', accountId: 'me', sessionId: 's', role: 'member' }

type Audience = Pick<StoredEvent, 'accountId' | 'workspaceId' | 'topic'>

function world() {
  const stored: StoredEvent[] = []
  const listeners = new Set<EventListener>()
  const allowed = new Set([ROOM])
  const asked: string[] = []
  let oldest = 0
  const feed = new TopicFeed({
    log: silentLogger,
    events: {
      subscribe: (_, listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      head: async () => stored.length,
      since: async (_, last) => {
        const later = stored.filter(({ id }) => id > last)
        return { events: later.slice(0, 2), more: later.length > 2, reset: last + 1 < oldest }
      },
    },
    guards: [
      {
        kind: 'room',
        mayFollow: async (_, id) => {
          asked.push(id)
          return allowed.has(id)
        },
      },
    ],
  })
  const add = (type: string, to: Audience = {}) => {
    const event: StoredEvent = {
      ...to,
      id: stored.length + 1,
      tenantId: 't',
      type,
      payload: {},
      createdAt: new Date(0),
    }
    stored.push(event)
    for (const listener of listeners) listener(event)
  }
  const got: string[] = []
  const listener = {
    onEvent: ({ type, id }: StoredEvent) => void got.push(`${type}#${id}`),
    onForbidden: () => void got.push('forbidden'),
  }
  const follow = (topic: string, after?: number) => feed.follow(me, topic, after, listener)
  const forget = (id: number) => {
    oldest = id
  }
  return { feed, add, got, follow, allowed, asked, listeners, forget }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('TOPIC-4: an event reaches the followers of its one topic: topic, account, workspace, tenant, in this order', async () => {
  const { add, got, follow } = world()
  for (const topic of [`room:${ROOM}`, 'account', 'tenant']) expect(await follow(topic)).toBeDefined()
  add('message.created', { topic: `room:${ROOM}`, workspaceId: SPACE })
  add('message.created', { topic: `room:${OTHER}` })
  add('note.created', { accountId: 'me' })
  add('note.created', { accountId: 'you' })
  add('book.created', { workspaceId: SPACE })
  add('plan.changed')
  await settle()
  expect(got).toEqual(['message.created#1', 'note.created#3', 'plan.changed#6'])
})

test('TOPIC-7: a topic that is unknown, malformed or not for the caller is no topic', async () => {
  const { follow, listeners } = world()
  for (const topic of [
    `room:${OTHER}`,
    `board:${ROOM}`,
    'room',
    'room:x',
    'account:you',
    '',
    `workspace:${SPACE}`,
  ])
    expect(await follow(topic)).toBeUndefined()
  expect(listeners.size).toBe(0)
})

test('TOPIC-4, TOPIC-5: a replay gives what was missed, each once and in order, then what happens', async () => {
  const { add, got, follow } = world()
  const topic = `room:${ROOM}`
  for (let n = 1; n <= 5; n++) add('message.created', { topic })
  const following = follow(topic, 2)
  add('message.created', { topic })
  expect(await following).toMatchObject({ seq: 6, reset: false })
  add('message.created', { topic })
  expect(got).toEqual([3, 4, 5, 6, 7].map((n) => `message.created#${n}`))
})

test('TOPIC-4: a sequence that is too old says reset and goes on from the newest', async () => {
  const { add, got, follow, forget } = world()
  const topic = `room:${ROOM}`
  for (let n = 1; n <= 5; n++) add('message.created', { topic })
  forget(4)
  expect(await follow(topic, 1)).toMatchObject({ seq: 5, reset: true })
  add('message.created', { topic })
  expect(got).toEqual(['message.created#6'])
})

test('TOPIC-7: who may not follow any more is told so, and hears nothing of what came after', async () => {
  const { add, got, follow, allowed } = world()
  const topic = `room:${ROOM}`
  await follow(topic)
  allowed.clear()
  add('room.member_removed', { topic })
  add('message.created', { topic })
  await settle()
  expect(got).toEqual(['forbidden'])
})

test('TOPIC-5: who still may follows on without a gap; changes of another account or another room are no question', async () => {
  const { add, got, follow, asked } = world()
  const topic = `room:${ROOM}`
  await follow(topic)
  add('workspace.member_added')
  add('message.created', { topic })
  add('room.renamed', { topic })
  await settle()
  expect(got).toEqual(['message.created#2', 'room.renamed#3'])
  expect(asked).toEqual([ROOM, ROOM, ROOM])
  add('member.role_changed', { accountId: 'you' })
  add('room.renamed', { topic: `room:${OTHER}` })
  expect(asked).toHaveLength(3)
})

test('one subscription to the feed serves all followers of a tenant, and ends with the last', async () => {
  const { feed, add, follow, listeners } = world()
  const first = await follow('account')
  const second = await follow(`room:${ROOM}`)
  expect(listeners.size).toBe(1)
  add('plan.changed')
  expect(feed.delivered('t')).toBe(1)
  first?.close()
  first?.close()
  expect(listeners.size).toBe(1)
  second?.close()
  expect(listeners.size).toBe(0)
  expect(feed.delivered('t')).toBe(0)
})
