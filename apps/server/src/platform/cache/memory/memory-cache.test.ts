import { ManualClock } from '@stoa/kernel'
import { describe, expect, test } from 'vitest'
import { cacheAcceptance } from '../cache.acceptance.ts'
import { MemoryCache } from './memory-cache.ts'

describe('cache in memory', () => {
  cacheAcceptance(async () => {
    const clock = new ManualClock(1_700_000_000_000)
    return { cache: new MemoryCache({ clock }), pass: async (milliseconds) => clock.advance(milliseconds) }
  })

  const hour = { ttlSeconds: 3600 }

  test('the least recently used leave when the bytes run out', async () => {
    const cache = new MemoryCache({ clock: new ManualClock(), maxBytes: 3 * (160 + 2 * 101) })
    for (const key of ['a', 'b', 'c']) await cache.set(key, 'x'.repeat(100), hour)
    await cache.get('a')
    await cache.set('d', 'x'.repeat(100), hour)
    expect(await cache.get('b')).toBeUndefined()
    for (const key of ['a', 'c', 'd']) expect(await cache.get(key)).toHaveLength(100)
  })

  test('its bytes stay within the budget, whatever is stored', async () => {
    const cache = new MemoryCache({ clock: new ManualClock(), maxBytes: 10_000 })
    for (let i = 0; i < 500; i++) {
      await cache.set(`k${i % 37}`, 'x'.repeat((i * 97) % 3_000), hour)
      expect(cache.bytes).toBeLessThanOrEqual(10_000)
    }
    for (let i = 0; i < 37; i++) await cache.delete(`k${i}`)
    expect(cache.bytes).toBe(0)
  })

  test('a value above the whole budget is not kept, nor is the one it replaces', async () => {
    const cache = new MemoryCache({ clock: new ManualClock(), maxBytes: 1_000 })
    await cache.set('k', 'old', hour)
    await cache.set('k', 'x'.repeat(1_000), hour)
    expect(await cache.get('k')).toBeUndefined()
    expect(cache.bytes).toBe(0)
  })
})
