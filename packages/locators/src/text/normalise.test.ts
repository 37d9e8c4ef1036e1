import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise, normalOffset, originalSpan } from './normalise.ts'

describe('normalise (QUO-1)', () => {
  it.each([
    ['ﬁne ﬂow', 'fine flow'],
    ['  two \n\t spaces ', 'two spaces'],
    ['soft\u00ADhyphen\u200B', 'softhyphen'],
    ['“So,” she said—‘no’…', '"So," she said-\'no\'...'],
    ['「通灵」之说', '"通灵"之说'],
    ['汉 字 与 Latin 字', '汉字与Latin字'],
    ['line-\nend and well-known', 'lineend and well-known'],
    ['ＡＢＣ１２', 'ABC12'],
    ['e\u0301 vs é', 'é vs é'],
  ])('folds %j', (from, to) => {
    expect(normalise(from).text).toBe(to)
  })

  it('traces every unit back to its original characters, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const normal = normalise(text)
        expect(normal.starts).toHaveLength(normal.text.length)
        for (let i = 0; i < normal.text.length; i++) {
          const { start, end } = originalSpan(normal, i, i + 1)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          if (i > 0) expect(start).toBeGreaterThanOrEqual(normal.starts[i - 1] ?? 0)
        }
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('finds the unit of an original offset', () => {
    const normal = normalise('a \n b ﬁ c')
    expect(normal.text).toBe('a b fi c')
    expect(normalOffset(normal, 4)).toBe(2)
    expect(normalOffset(normal, 6)).toBe(4)
    expect(normalOffset(normal, 99)).toBe(8)
  })
})
