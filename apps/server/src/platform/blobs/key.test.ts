import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkKey, checkPrefix, keyFromPath, keyToPath } from './key.ts'

const invalid = expect.objectContaining({ code: 'blob.key_invalid' })
const segment = fc.stringMatching(/^[a-z0-9]([a-z0-9_-]{0,20}[a-z0-9])?$/)

describe('keys', () => {
  test('travel through a URL segment unchanged', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const key = segments
          .map((text) => (/^(con|prn|aux|nul|com\d|lpt\d)$/.test(text) ? 'x' : text))
          .join('/')
        expect(() => checkKey(key)).not.toThrow()
        expect(keyToPath(key)).toMatch(/^[a-z0-9._~-]+$/)
        expect(keyFromPath(keyToPath(key))).toBe(key)
      }),
      { seed: 1 },
    )
  })

  test('whatever a URL brings, a key stays inside its folder', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.~/\\%0-9]{1,12}$/)), (path) => {
        let key: string
        try {
          key = keyFromPath(path)
        } catch (error) {
          expect(error).toEqual(invalid)
          return
        }
        expect(
          key.split('/').some((part) => part === '' || part.startsWith('.') || part.includes('..')),
        ).toBe(false)
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })

  test('are at most 512 long', () => {
    const long = [127, 127, 127, 126].map((length) => 'a'.repeat(length)).join('/')
    expect(() => checkKey(long)).not.toThrow()
    expect(() => checkKey(`${long}/b`)).not.toThrow()
    expect(() => checkKey(`${long}/bc`)).toThrow(invalid)
  })

  test('prefixes may end anywhere in a key', () => {
    for (const prefix of ['', 'a', 'a/', 'a/b-', 'a/b.']) expect(() => checkPrefix(prefix)).not.toThrow()
    for (const prefix of ['/', '../', 'a//', 'A', '.']) expect(() => checkPrefix(prefix)).toThrow(invalid)
  })
})
