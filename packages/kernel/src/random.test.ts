import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom, systemRandom } from './random.ts'

const seed = 20261121

test('the same seed gives the same bytes, in whatever portions they are drawn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.array(fc.nat(50)), (start, portions) => {
      const whole = seededRandom(start).fill(new Uint8Array(portions.reduce((sum, size) => sum + size, 0)))
      const random = seededRandom(start)
      const parts = portions.flatMap((size) => [...random.fill(new Uint8Array(size))])
      expect(parts).toEqual([...whole])
    }),
    { seed },
  )
})

test('different seeds give different bytes', () => {
  const draws = Array.from({ length: 1_000 }, (_, i) => String(seededRandom(i).fill(new Uint8Array(16))))
  expect(new Set(draws).size).toBe(draws.length)
})

test('seeded bytes are spread evenly', () => {
  const counts = new Array<number>(256).fill(0)
  for (const byte of seededRandom(1).fill(new Uint8Array(256_000))) counts[byte] = (counts[byte] ?? 0) + 1
  // 1,000 of each are expected; 5 standard deviations of a binomial draw are 158
  expect(Math.min(...counts)).toBeGreaterThan(842)
  expect(Math.max(...counts)).toBeLessThan(1_158)
})

test('the system fills all of the array it was given and returns that array', () => {
  const target = new Uint8Array(64)
  expect(systemRandom.fill(target)).toBe(target)
  expect(target.some((byte) => byte !== 0)).toBe(true)
  expect(systemRandom.fill(new Uint8Array(64))).not.toEqual(target)
})
