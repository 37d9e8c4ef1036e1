import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzyEnds, fuzzySearch } from './fuzzy.ts'

/** Sellers' algorithm, the plain definition that the bit-parallel one must agree with. */
function plainEnds(text: string, pattern: string, maxErrors: number): { end: number; errors: number }[] {
  let column = Array.from({ length: pattern.length + 1 }, (_, i) => i)
  const found: { end: number; errors: number }[] = []
  for (let j = 0; j < text.length; j++) {
    const next = [0]
    for (let i = 1; i <= pattern.length; i++) {
      const same = pattern[i - 1] === text[j] ? 0 : 1
      next[i] = Math.min((column[i - 1] ?? 0) + same, (column[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1)
    }
    column = next
    const errors = column[pattern.length] ?? 0
    if (errors <= maxErrors) found.push({ end: j + 1, errors })
  }
  return found
}

describe('fuzzy search', () => {
  it('agrees with the plain edit distance, over one block and many', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 160 })
    fc.assert(
      fc.property(letters, letters, fc.nat(40), (text, pattern, errors) => {
        if (pattern !== '') expect(fuzzyEnds(text, pattern, errors)).toEqual(plainEnds(text, pattern, errors))
      }),
      { seed: 4, numRuns: 400 },
    )
  })

  it('gives one match per place, the best first', () => {
    const text = 'the quick brown fox; the quack brown fix; the slow fox'
    const found = fuzzySearch(text, 'the quick brown fox', 4)
    expect(found.map(({ start, end, errors }) => [text.slice(start, end), errors])).toEqual([
      ['the quick brown fox', 0],
      ['the quack brown fix', 2],
    ])
  })

  it('finds nothing in nothing', () => {
    expect(fuzzySearch('', 'abc', 1)).toEqual([])
    expect(fuzzySearch('abc', '', 1)).toEqual([])
  })
})
