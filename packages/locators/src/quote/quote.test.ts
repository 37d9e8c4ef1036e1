import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LocatorError } from '../errors.ts'
import { findQuote, haystack } from './find.ts'
import { checkQuote, makeQuote } from './make.ts'

const TEXT =
  'It requires a training such as the athletes underwent, the steady intention almost of the whole life to this object. ' +
  'Books must be read as deliberately and reservedly as they were written. It is not enough even to be able to speak.'
/** The offset itself, or the one before when it would cut a surrogate pair. */
const wholeAt = (text: string, at: number) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at)
const slice = (found: { start: number; end: number } | undefined, text = TEXT) =>
  text.slice(found?.start, found?.end)

describe('quotes', () => {
  it('QUO-3: finds what was quoted, at the place it was quoted from', () => {
    const words = fc.array(fc.constantFrom('read', 'well', '书', '。', 'the ', '\n', ' ', '𝒜'), {
      minLength: 4,
    })
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (parts, i, j) => {
        const text = parts.join('')
        const [start = 0, end = 0] = [i, j].map((n) => wholeAt(text, n % text.length)).sort((a, b) => a - b)
        if (text.slice(start, end).trim() === '') return
        const quote = makeQuote(text, start, end)
        const found = findQuote(text, quote, { hint: start })
        expect(found?.status).toBe('exact')
        expect(makeQuote(text, found?.start ?? 0, found?.end ?? 0).exact.replaceAll(/\s/gu, '')).toBe(
          quote.exact.replaceAll(/\s/gu, ''),
        )
      }),
      { seed: 6, numRuns: 400 },
    )
  })

  it('QUO-2: keeps 32 characters of context and never half a character', () => {
    const quote = makeQuote(TEXT, 117, 122)
    expect(quote).toEqual({
      exact: 'Books',
      prefix: ' of the whole life to this object. '.slice(-32),
      suffix: ' must be read as deliberately an',
    })
    expect(makeQuote(`${'𝒜'.repeat(40)}x`, 80, 81).prefix).toBe('𝒜'.repeat(16))
    expect(makeQuote(`y${'𝒜'.repeat(40)}x`, 81, 82).prefix).toBe('𝒜'.repeat(16))
  })

  it('QUO-3: tells equal words apart by their neighbours, then by nearness', () => {
    const text = 'red one blue. green one yellow. red one blue. red one blue.'
    expect(findQuote(text, { exact: 'one', prefix: 'green ', suffix: ' yellow' })?.start).toBe(20)
    const same = { exact: 'one', prefix: 'red ', suffix: ' blue' }
    expect(findQuote(text, same, { hint: 36 })?.start).toBe(36)
    expect(findQuote(text, same, { hint: 58 })?.start).toBe(50)
  })

  it('reads through other markup: ligatures, quotes, line breaks, soft hyphens, spaces between Han', () => {
    const text = 'She ﬁrst said: “read\u00ADing\n  well—is a noble exer-\ncise”. 汉 字 很 美。'
    expect(slice(findQuote(text, { exact: 'first said: "reading well-is a noble exercise"' }), text)).toBe(
      'ﬁrst said: “read\u00ADing\n  well—is a noble exer-\ncise”',
    )
    expect(slice(findQuote(text, { exact: '汉字很美' }), text)).toBe('汉 字 很 美')
  })

  it('QUO-3: finds changed words approximately and says so', () => {
    const quote = { exact: 'Books must be read deliberately and reserved, as they were wrote.' }
    const found = findQuote(TEXT, quote)
    expect(found?.status).toBe('approximate')
    expect(found?.score).toBeGreaterThan(0.5)
    expect(slice(found)).toMatch(/^Books must be read .* written\.?$/u)
    expect(findQuote(TEXT, quote, { tolerance: 0 })).toBeUndefined()
  })

  it('finds a long quote whose middle was rewritten, by its ends', () => {
    const words = Array.from({ length: 300 }, (_, i) => `word${(i * 7919) % 1000}`)
    const changed = words.map((word, i) => (i > 140 && i < 150 ? 'other' : word))
    const text = `before ${changed.join(' ')} after`
    const found = findQuote(text, { exact: words.join(' ') })
    expect(found?.status).toBe('approximate')
    expect(slice(found, text)).toBe(changed.join(' '))
  })

  it('does not take a stranger for the passage', () => {
    expect(
      findQuote(TEXT, { exact: 'A man is rich in proportion to what he can leave alone' }),
    ).toBeUndefined()
    expect(findQuote('', { exact: 'x' })).toBeUndefined()
  })

  it('QUO-3: stays within its budget: far from the hint only the affordable stretch is searched', () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(2000)
    const hay = haystack(`${filler}the steady intention almost of the whole lyfe${filler}`)
    const quote = { exact: 'the steady intention almost of the whole life' }
    expect(findQuote(hay, quote, { hint: filler.length, budget: 5000 })?.status).toBe('approximate')
    expect(findQuote(hay, quote, { hint: 0, budget: 5000 })).toBeUndefined()
  })

  it.each([
    [3, 3],
    [-1, 2],
    [5, 999],
  ])('refuses the span %i–%i', (start, end) => {
    expect(() => makeQuote('some text', start, end)).toThrow(LocatorError)
  })

  it('QUO-2: refuses quotes that say nothing or too much', () => {
    expect(() => checkQuote({ exact: ' ' })).toThrow(LocatorError)
    expect(() => checkQuote({ exact: 'x'.repeat(20_001) })).toThrow(LocatorError)
    expect(checkQuote({ exact: 'x' })).toEqual({ exact: 'x' })
  })
})
