import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inverse, multiply } from './galois.ts'
import { encodeRepair, rebuild } from './reed-solomon.ts'

test('the field has inverses and is distributive', () => {
  for (let a = 1; a < 256; a++) expect(multiply(a, inverse(a))).toBe(1)
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(byte, byte, byte, (a, b, c) => {
      expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c))
      expect(multiply(a, multiply(b, c))).toBe(multiply(multiply(a, b), c))
    }),
    { seed: 1 },
  )
})

const block = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 30 }))
  .chain(([count, repairs, length]) =>
    fc.record({
      sources: fc.array(fc.uint8Array({ minLength: length, maxLength: length }), {
        minLength: count,
        maxLength: count,
      }),
      lost: fc.uniqueArray(fc.integer({ min: 0, max: count + repairs - 1 }), { maxLength: repairs }),
      repairs: fc.constant(repairs),
      length: fc.constant(length),
    }),
  )

test('FEC-5 any symbols of a block, as many as it has sources, rebuild it', () => {
  fc.assert(
    fc.property(block, ({ sources, lost, repairs, length }) => {
      const coded = Array.from({ length: repairs }, (_, index) => encodeRepair(sources, index, length))
      const arrived = sources.map((source, index) => (lost.includes(index) ? undefined : source))
      const kept = coded.map((symbol, index) => (lost.includes(sources.length + index) ? undefined : symbol))
      const rebuilt = rebuild(arrived, kept, length)
      const missing = lost.filter((index) => index < sources.length).sort((a, b) => a - b)
      expect([...rebuilt!.keys()]).toEqual(missing)
      for (const index of missing) expect(rebuilt!.get(index)).toEqual(sources[index])
    }),
    { seed: 2 },
  )
})

test('too few symbols rebuild nothing', () => {
  const sources = [new Uint8Array([1]), new Uint8Array([2])]
  expect(rebuild([undefined, undefined], [encodeRepair(sources, 0, 1), undefined], 1)).toBeUndefined()
})
