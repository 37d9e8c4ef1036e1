import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import invalid from '../../../../contracts/vectors/locators/invalid-cfi.json' with { type: 'json' }
import valid from '../../../../contracts/vectors/locators/valid-cfi.json' with { type: 'json' }
import { LocatorError } from '../errors.ts'
import { isCfi, parseCfi } from './parse.ts'
import { collapseCfi } from './paths.ts'
import { serialiseCfi } from './serialise.ts'
import type { Cfi, CfiPath } from './types.ts'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const step = fc.oneof(
  fc.record({ index: fc.nat(9999) }),
  fc.record({ index: fc.nat(99).map((n) => n * 2), id: text }),
)
const offset = fc.oneof(
  fc.record({ character: fc.nat(99999) }),
  fc.record({
    character: fc.nat(9),
    before: text,
    after: text,
    side: fc.constantFrom('a' as const, 'b' as const),
  }),
  fc.record({ temporal: fc.nat(1e6).map((n) => n / 1000) }),
  fc.record({
    spatial: fc.tuple(
      fc.nat(100),
      fc.nat(1000).map((n) => n / 10),
    ),
  }),
)
const steps = fc.array(step, { minLength: 1, maxLength: 5 })
const path = (documents: fc.Arbitrary<CfiPath['documents'][number]>): fc.Arbitrary<CfiPath> =>
  fc.record(
    { documents: fc.array(documents, { minLength: 1, maxLength: 3 }), offset },
    { requiredKeys: ['documents'] },
  )
const parent = fc.record({ documents: fc.array(steps, { minLength: 1, maxLength: 2 }) })
const tail: fc.Arbitrary<CfiPath> = fc.record(
  { documents: fc.tuple(fc.array(step, { maxLength: 3 })), offset },
  { requiredKeys: ['documents'] },
)
export const anyCfi: fc.Arbitrary<Cfi> = fc.oneof(
  fc.record({ kind: fc.constant('point' as const), path: path(steps) }),
  fc.record({ kind: fc.constant('range' as const), parent, start: tail, end: tail }),
)

describe('CFI text', () => {
  it('CFI-6: gives back what was written', () => {
    fc.assert(
      fc.property(anyCfi, (cfi) => {
        const written = serialiseCfi(cfi)
        expect(parseCfi(written)).toEqual(cfi)
        expect(serialiseCfi(parseCfi(written))).toBe(written)
      }),
      { seed: 1, numRuns: 400 },
    )
  })

  it.each(valid)('reads $cfi', ({ cfi, start, end }) => {
    const parsed = parseCfi(cfi)
    expect(serialiseCfi({ kind: 'point', path: collapseCfi(parsed, 'start') })).toBe(start)
    expect(serialiseCfi({ kind: 'point', path: collapseCfi(parsed, 'end') })).toBe(end)
  })

  it('CFI-4: every sign of the grammar is escaped in an assertion, and nothing else', () => {
    const name = 'a^[](),;=b/1:2~3@4!'
    const escaped = 'a^^^[^]^(^)^,^;^=b/1:2~3@4!'
    const path = {
      documents: [[{ index: 4, id: name }]],
      offset: { character: 1, before: name, after: name },
    }
    const written = serialiseCfi({ kind: 'point', path })
    expect(written).toBe(`epubcfi(/4[${escaped}]:1[${escaped},${escaped}])`)
    expect(parseCfi(written)).toEqual({ kind: 'point', path })
  })

  it.each(invalid)('refuses $cfi: $why', ({ cfi }) => {
    expect(() => parseCfi(cfi)).toThrow(LocatorError)
    expect(isCfi(cfi)).toBe(false)
  })

  it('refuses garbage with a LocatorError and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'epubcfi(/123!,:~@[];=s^)') }), (garbage) => {
        try {
          parseCfi(garbage)
        } catch (error) {
          expect(error).toBeInstanceOf(LocatorError)
        }
      }),
      { seed: 2, numRuns: 2000 },
    )
  })
})
