import { silentLogger } from '@stoa/kernel'
import { redisAvailability, startRedis } from '@stoa/testkit/redis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventFeedAcceptance } from './event-feed.acceptance.ts'
import { RedisWakeUps } from './redis-wake-ups.ts'

const found = await redisAvailability()
const why = found.available ? '' : ` (skipped: ${found.reason})`

describe.skipIf(!found.available)(`redis${why}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())

  eventFeedAcceptance('Redis', true, (db) => ({
    wakeUps: new RedisWakeUps({ url: redis.url, log: silentLogger, channel: db.name }),
    breakConnection: async () => {
      const client = await createClient({ url: redis.url }).connect()
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub'])
      await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
      client.destroy()
    },
  }))

  test('a wrong address is an error at the start, not a program that waits for ever', async () => {
    const wakeUps = new RedisWakeUps({ url: 'redis://127.0.0.1:1', log: silentLogger })
    wakeUps.listen({ onWake: () => {}, onGap: () => {} })
    await expect(wakeUps.start()).rejects.toThrow(/ECONNREFUSED/)
    await wakeUps.stop()
  })
})
