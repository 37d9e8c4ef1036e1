import { randomUUID } from 'node:crypto'
import { setTimeout as realTime } from 'node:timers/promises'
import { type Logger, ManualClock, silentLogger, systemClock } from '@stoa/kernel'
import { redisAvailability, startRedis } from '@stoa/testkit/redis'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { cacheAcceptance } from '../cache.acceptance.ts'
import { createCache } from '../create-cache.ts'
import { acceptanceRules, rateLimitsAcceptance } from '../rate-limits.acceptance.ts'
import { RedisConnection } from './connection.ts'

const redis = await redisAvailability()
const patient = { timeout: 20_000 }
const why = redis.available ? '' : ` (skipped: ${redis.reason})`

describe.skipIf(!redis.available)(`redis${why}`, () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
  })

  const stopping: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const stop of stopping.splice(0)) await stop()
  })

  /** Cache and limits under a key prefix of their own. */
  async function open(options: { log?: Logger; url?: string } = {}) {
    const states: boolean[] = []
    const fallbacks: string[] = []
    const parts = await createCache(
      {
        kind: 'redis',
        url: options.url ?? server.url,
        keyPrefix: `${randomUUID()}:`,
        rateLimits: acceptanceRules,
      },
      {
        clock: systemClock,
        log: options.log ?? silentLogger,
        onRedisState: (up) => states.push(up),
        onRateLimitFallback: (name) => fallbacks.push(name),
      },
    )
    for (const service of parts.services) {
      stopping.push(() => service.stop())
      await service.start(AbortSignal.timeout(10_000))
    }
    // The server lives by the machine's clock: what must go by, goes by.
    const pass = (milliseconds: number) => realTime(milliseconds)
    return { ...parts, limits: parts.rateLimits, pass, states, fallbacks }
  }

  describe('cache', () => cacheAcceptance(() => open()))
  describe('rate limits', () => rateLimitsAcceptance(() => open()))

  test('two processes share counts', async () => {
    const prefix = `${randomUUID()}:`
    const config = { kind: 'redis', url: server.url, keyPrefix: prefix, rateLimits: acceptanceRules } as const
    const both = await Promise.all(
      [0, 1].map(() => createCache(config, { clock: systemClock, log: silentLogger })),
    )
    for (const { services } of both) {
      for (const service of services) {
        stopping.push(() => service.stop())
        await service.start(AbortSignal.timeout(10_000))
      }
    }
    expect((await both[0]!.rateLimits.consume('signin.code.address', 'a', 2)).allowed).toBe(true)
    expect((await both[1]!.rateLimits.consume('signin.code.address', 'a')).allowed).toBe(false)
  })

  test('limits leave no key behind once all points are back', async () => {
    const { limits, services } = await open()
    await limits.consume({ name: 'short', points: 1, perSeconds: 0.05 }, 'a')
    const connection = services[0]
    if (!(connection instanceof RedisConnection)) throw new Error('no connection')
    await vi.waitFor(async () => {
      expect(await connection.run((client) => client.keys(connection.key('*')))).toEqual([])
    }, patient)
  })

  describe('down', () => {
    afterEach(async () => {
      server.resume()
      await server.restart()
    })

    test('the cache is empty, counts fail, limits go on locally, and all of it comes back by itself', async () => {
      const { cache, limits, states, fallbacks } = await open()
      await cache.set('k', '1', { ttlSeconds: 60 })
      await server.stop()
      await vi.waitFor(() => expect(states).toEqual([true, false]), patient)

      expect(await cache.get('k')).toBeUndefined()
      await cache.set('k', '2', { ttlSeconds: 60 })
      await expect(cache.delete('k')).rejects.toMatchObject({ code: 'cache.unavailable' })
      await expect(cache.increment('n', { ttlSeconds: 60 })).rejects.toMatchObject({
        code: 'cache.unavailable',
      })
      expect((await limits.consume('signin.code.address', 'a', 2)).allowed).toBe(true)
      expect((await limits.consume('signin.code.address', 'a')).allowed).toBe(false)
      expect(fallbacks).toEqual(['signin.code.address', 'signin.code.address'])

      await server.restart()
      await vi.waitFor(() => expect(states).toEqual([true, false, true]), patient)
      await cache.set('k', '3', { ttlSeconds: 60 })
      expect(await cache.get('k')).toBe('3')
      expect((await limits.consume('signin.code.address', 'a')).allowed).toBe(true)
      expect(fallbacks).toHaveLength(2)
    })

    test('a server that hangs costs a caller one time limit, not for ever', async () => {
      const { cache, limits, fallbacks } = await open()
      server.pause()
      const started = performance.now()
      expect(await cache.get('k')).toBeUndefined()
      expect((await limits.consume('signin.code.address', 'a')).allowed).toBe(true)
      expect(fallbacks).toEqual(['signin.code.address'])
      expect(performance.now() - started).toBeLessThan(10_000)
    })

    test('the program starts without it, and says so once', async () => {
      await server.stop()
      const lines: Record<string, unknown>[] = []
      const log = { ...silentLogger, error: (fields: Record<string, unknown>) => lines.push(fields) }
      const { cache, states } = await open({ log })
      expect(await cache.get('k')).toBeUndefined()
      expect(states).toEqual([false])
      expect(lines).toEqual([{ action: 'redis_down', reason: expect.any(String) }])
      await server.restart()
      await vi.waitFor(() => expect(states).toEqual([false, true]), patient)
    })
  })

  test('a server that is full counts as down', async () => {
    const { cache, limits, services, fallbacks } = await open()
    const connection = services[0]
    if (!(connection instanceof RedisConnection)) throw new Error('no connection')
    const setLimit = (bytes: string) => connection.run((client) => client.configSet('maxmemory', bytes))
    await setLimit('1')
    try {
      await cache.set('k', '1', { ttlSeconds: 60 })
      expect(await cache.get('k')).toBeUndefined()
      await expect(cache.increment('n', { ttlSeconds: 60 })).rejects.toMatchObject({
        code: 'cache.unavailable',
      })
      expect((await limits.consume('signin.code.address', 'a')).allowed).toBe(true)
      expect(fallbacks).toEqual(['signin.code.address'])
    } finally {
      await setLimit('0')
    }
  })

  test('a stop is not reported as a failure', async () => {
    const lines: unknown[] = []
    const { services, states } = await open({
      log: { ...silentLogger, error: (fields) => lines.push(fields) },
    })
    for (const service of services) await service.stop()
    await realTime(50)
    expect([states, lines]).toEqual([[true], []])
  })

  test('a wrong password stops the start, with a reason', async () => {
    const url = server.url.replace('redis://', 'redis://stoa:wrong@')
    await expect(open({ url })).rejects.toMatchObject({ code: 'cache.unavailable', message: /refuses/ })
  })

  test('memory needs no service', async () => {
    const parts = await createCache({ kind: 'memory' }, { clock: new ManualClock(), log: silentLogger })
    expect(parts.services).toEqual([])
  })
})
