import { setTimeout as delay } from 'node:timers/promises'
import { silentLogger, uuidv7 } from '@stoa/kernel'
import { type RedisServer, redisAvailability, startRedis } from '@stoa/testkit/redis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RedisConnection } from '../../../platform/cache/redis/connection.ts'
import { RedisSessionStore } from './redis.ts'
import { GRACE_MS } from './scripts.ts'
import { sessionStoreAcceptance } from './store.acceptance.ts'

const redis = await redisAvailability()

describe.skipIf(!redis.available)('on a real server', () => {
  let server: RedisServer
  let connection: RedisConnection

  beforeAll(async () => {
    server = await startRedis()
    connection = new RedisConnection({ url: server.url, keyPrefix: '', log: silentLogger })
    await connection.start(new AbortController().signal)
  })
  beforeEach(async () => {
    await connection.client.flushAll()
  })
  afterAll(async () => {
    await connection.stop()
    await server[Symbol.asyncDispose]()
  })

  /** Keys, and members of the sets of ids. */
  async function leftovers(): Promise<number> {
    const { client } = connection
    let count = 0
    for (const key of await client.keys('*')) {
      const isSet = key === 'sessions:active' || key.startsWith('sessions:user:')
      count += 1 + (isSet ? await client.sCard(key) : 0)
    }
    return count
  }

  sessionStoreAcceptance('Redis', () => ({
    store: new RedisSessionStore(connection),
    pass: (milliseconds) => delay(milliseconds),
    leftovers,
  }))

  test('the layout is the documented one, and every key ends by itself', async () => {
    const store = new RedisSessionStore(connection)
    const session = await store.create({
      ...{
        id: uuidv7(),
        userId: 'ada',
        tenantId: uuidv7(),
        connectionId: 'c1',
        clientIp: '::1',
        state: 'active',
      },
      ...{ createdAt: 0, expiresAt: 0, ttlMs: 60_000, metadata: { a: 'b' } },
      stats: { messagesSent: 0, messagesReceived: 0, bytesSent: 0, bytesReceived: 0, lastHeartbeatAt: 0 },
    })
    const { client } = connection
    const keys = [`session:${session.id}`, 'sessions:active', 'sessions:conn:c1', 'sessions:user:ada']
    expect((await client.keys('*')).sort()).toEqual(keys)
    expect(await client.hGetAll(`session:${session.id}`)).toMatchObject({
      ...{ user_id: 'ada', connection_id: 'c1', client_ip: '::1', state: 'active' },
      metadata: '{"a":"b"}',
    })
    expect(await client.get('sessions:conn:c1')).toBe(session.id)
    expect(await client.sMembers('sessions:user:ada')).toEqual([session.id])
    for (const key of keys) {
      const left = await client.pTTL(key)
      expect(left).toBeGreaterThan(60_000)
      expect(left).toBeLessThanOrEqual(60_000 + GRACE_MS)
    }
  })

  test('orphans that a crash left beside living sessions are dropped by the next sweep', async () => {
    const store = new RedisSessionStore(connection)
    await store.create({
      ...{ id: uuidv7(), userId: 'ada', tenantId: '', connectionId: 'c1', clientIp: '', state: 'active' },
      ...{ createdAt: 0, expiresAt: 0, ttlMs: 60_000, metadata: {} },
      stats: { messagesSent: 0, messagesReceived: 0, bytesSent: 0, bytesReceived: 0, lastHeartbeatAt: 0 },
    })
    const orphans = Array.from({ length: 1_000 }, () => uuidv7())
    await connection.client.sAdd('sessions:active', orphans)
    await connection.client.sAdd('sessions:user:ada', orphans)
    expect(await store.sweep()).toBe(1_000)
    expect(await connection.client.sCard('sessions:active')).toBe(1)
    expect(await connection.client.sCard('sessions:user:ada')).toBe(1)
  })
})
