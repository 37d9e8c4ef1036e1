import { seededRandom } from '@stoa/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { childToken, deriveKeys, hashCode, hashToken, newToken } from './opaque.ts'
import { open, seal } from './sealed-key.ts'

const random = seededRandom(1)
const keys = deriveKeys(new Uint8Array(32).fill(1))

test('tokens have 256 bits, and each has one child that only this server can make', () => {
  const token = newToken(random)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(childToken(keys, token)).toBe(childToken(keys, token))
  expect(childToken(keys, token)).toMatch(/^[\w-]{43}$/)
  expect(childToken(deriveKeys(new Uint8Array(32).fill(2)), token)).not.toBe(childToken(keys, token))
  expect(hashToken(token)).toHaveLength(32)
})

test('the keys of different uses differ, and a short secret is refused', () => {
  expect(new Set(Object.values(keys).map((key) => key.toString('hex'))).size).toBe(3)
  expect(() => deriveKeys(new Uint8Array(31))).toThrow(RangeError)
})

test('a code is bound to its challenge', () => {
  expect(hashCode(keys, 'a', '123456')).not.toEqual(hashCode(keys, 'b', '123456'))
  expect(hashCode(keys, 'a', '123456')).toEqual(hashCode(keys, 'a', '123456'))
})

test('what is sealed opens with the same key and context only, and not when a byte changed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (plain, at, flip) => {
        const sealed = seal(keys.seal, 'kid', plain, random)
        expect(new Uint8Array(open(keys.seal, 'kid', sealed))).toEqual(plain)
        expect(() => open(keys.seal, 'other', sealed)).toThrow()
        expect(() => open(keys.code, 'kid', sealed)).toThrow()
        const index = at % sealed.length
        sealed[index] = (sealed[index] ?? 0) ^ flip
        expect(() => open(keys.seal, 'kid', sealed)).toThrow()
      },
    ),
    { seed: 7, numRuns: 200 },
  )
})
