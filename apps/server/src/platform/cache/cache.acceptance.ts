import { expect, test } from 'vitest'
import { type Cache, tenantCache } from './cache.ts'

const hour = { ttlSeconds: 3600 }
/** Long enough for one more call on a machine that is busy otherwise. */
const LIVES = { ttlSeconds: 2 }
const OVER_MS = 2_050
const tenantA = '01890000-0000-7000-8000-00000000000a'
const tenantB = '01890000-0000-7000-8000-00000000000b'

/** The rules every cache keeps. `pass` lets so many milliseconds go by, on whatever clock the cache lives by. */
export function cacheAcceptance(
  open: () => Promise<{ cache: Cache; pass(milliseconds: number): Promise<void> }>,
): void {
  test('a value is got back until its time ends', async () => {
    const { cache, pass } = await open()
    expect(await cache.get('k')).toBeUndefined()
    await cache.set('k', '书 "1"\n', LIVES)
    expect(await cache.get('k')).toBe('书 "1"\n')
    await pass(OVER_MS)
    expect(await cache.get('k')).toBeUndefined()
  })

  test('set replaces value and time', async () => {
    const { cache, pass } = await open()
    await cache.set('k', '1', { ttlSeconds: 0.1 })
    await cache.set('k', '', hour)
    await pass(150)
    expect(await cache.get('k')).toBe('')
  })

  test('delete removes, and may be repeated', async () => {
    const { cache } = await open()
    await cache.set('k', '1', hour)
    await cache.delete('k')
    await cache.delete('k')
    expect(await cache.get('k')).toBeUndefined()
  })

  test('increment counts, also among callers at once, and can be read', async () => {
    const { cache } = await open()
    const results = await Promise.all(Array.from({ length: 50 }, () => cache.increment('n', hour)))
    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    expect(await cache.increment('n', { ...hour, by: -20 })).toBe(30)
    expect(await cache.get('n')).toBe('30')
  })

  test("a counter ends with its first increment's time, whatever came after", async () => {
    const { cache, pass } = await open()
    await cache.increment('n', LIVES)
    await cache.increment('n', hour)
    await pass(OVER_MS)
    expect(await cache.increment('n', hour)).toBe(1)
  })

  test('increment of a text is an error and leaves it', async () => {
    const { cache } = await open()
    await cache.set('k', 'text', hour)
    await expect(cache.increment('k', hour)).rejects.toMatchObject({ code: 'cache.not_a_number' })
    expect(await cache.get('k')).toBe('text')
  })

  test('tenants do not see each other', async () => {
    const { cache } = await open()
    await tenantCache(cache, tenantA).set('k', 'a', hour)
    await tenantCache(cache, tenantB).increment('k', hour)
    expect(await tenantCache(cache, tenantA).get('k')).toBe('a')
    expect(await tenantCache(cache, tenantB).get('k')).toBe('1')
    expect(await cache.get('k')).toBeUndefined()
    expect(() => tenantCache(cache, `${tenantA}:k`)).toThrow(TypeError)
  })
}
