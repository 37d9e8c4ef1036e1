import { silentLogger } from '@stoa/kernel'
import { redisAvailability, startRedis } from '@stoa/testkit/redis'
import { until } from '@stoa/testkit/until'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { RedisSignals } from './redis-signals.ts'

const found = await redisAvailability()
const why = found.available ? '' : ` (skipped: ${found.reason})`

describe.skipIf(!found.available)(`signals over Redis${why}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())

  async function process() {
    const signals = new RedisSignals({ url: redis.url, log: silentLogger })
    await signals.start()
    onTestFinished(() => signals.stop())
    const heard: string[] = []
    const listen = (channel: string) =>
      signals.subscribe(channel, (bytes) => heard.push(new TextDecoder().decode(bytes)))
    const say = (channel: string, text: string) => signals.publish(channel, new TextEncoder().encode(text))
    return { heard, listen, say }
  }

  test('others hear what is said where they listen, and nobody hears itself', async () => {
    const [one, two] = [await process(), await process()]
    one.listen('a')
    const leave = two.listen('a')
    // Nobody knows when a subscription has begun: it is said until it is heard.
    await until('two hears one', () => {
      one.say('a', 'hello')
      one.say('b', 'elsewhere')
      return two.heard.length > 0
    })
    expect(new Set(two.heard)).toEqual(new Set(['hello']))
    expect(one.heard).toEqual([])
    leave()
    const before = two.heard.length
    two.listen('c')
    await until('two hears of c', () => {
      one.say('a', 'gone')
      one.say('c', 'last')
      return two.heard.includes('last')
    })
    expect(two.heard.slice(before)).not.toContain('gone')
  })

  test('a Redis that was away is listened to again', async () => {
    const [one, two] = [await process(), await process()]
    two.listen('r')
    const heardOf = (text: string) =>
      until(`two hears ${text}`, () => {
        one.say('r', text)
        return two.heard.includes(text)
      })
    await heardOf('before')
    await redis.restart()
    await heardOf('after')
  })
})
