import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from './clock.ts'
import { isUuid, uuidv7 } from './ids.ts'
import { seededRandom } from './random.ts'

const seed = 20261121
/** What 48 bits of milliseconds can hold. */
const anyTime = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('an id is a UUID of version 7 and variant 10, whatever the time and the random bytes', () => {
  fc.assert(
    fc.property(anyTime, fc.integer(), (time, start) => {
      const id = uuidv7(new ManualClock(time), seededRandom(start))
      expect(isUuid(id)).toBe(true)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
    { seed },
  )
})

test('an id holds its time, to the millisecond', () => {
  fc.assert(
    fc.property(anyTime, (time) => {
      const id = uuidv7(new ManualClock(time), seededRandom(1))
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(time)
    }),
    { seed },
  )
})

test('ids of different milliseconds sort by time as text', () => {
  fc.assert(
    fc.property(anyTime, anyTime, (a, b) => {
      fc.pre(a !== b)
      const random = seededRandom(a ^ b)
      const ids = [a, b].map((time) => uuidv7(new ManualClock(time), random))
      expect(ids[0]! < ids[1]!).toBe(a < b)
    }),
    { seed },
  )
})

test('ids of one millisecond are unique', () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 21))
  const ids = Array.from({ length: 10_000 }, () => uuidv7(clock))
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  ['upper case', '0190A5D0-7B1A-7C3D-8E4F-0123456789AB'],
  ['no hyphens', '0190a5d07b1a7c3d8e4f0123456789ab'],
  ['wrong variant', '0190a5d0-7b1a-7c3d-ce4f-0123456789ab'],
  ['version 0', '0190a5d0-7b1a-0c3d-8e4f-0123456789ab'],
  ['trailing text', '0190a5d0-7b1a-7c3d-8e4f-0123456789ab\n'],
  ['nothing', ''],
])('%s is no canonical UUID', (_name, text) => {
  expect(isUuid(text)).toBe(false)
})
