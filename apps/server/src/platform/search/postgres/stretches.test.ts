import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../query.ts'
import { phraseTokens } from '../segment.ts'
import { beginnings, mustTokens, partOf, runStretches, strictStretches } from './stretches.ts'

test('phrases are words side by side, a beginning may go on, a Chinese character may not', () => {
  const strict = strictStretches(parseQuery('"To read well" trai* “红楼” don’t*'))
  expect(strict.map(partOf)).toEqual([' to read well ', ' 红 楼 ', ' trai', ' t'])
  expect(strictStretches(parseQuery('红楼*')).map(partOf)).toEqual([' 红 楼 '])
  expect(strictStretches(parseQuery('read'))).toEqual([])
  expect(runStretches(parseQuery('红楼 x')).map(partOf)).toEqual([' 红 楼 '])
})

test('whole words must stand there, each once; beginnings are looked up, the longest first', () => {
  const strict = strictStretches(parseQuery('"to be or not to be" re* trai*'))
  expect(mustTokens(strict)).toEqual(['to', 'be', 'or', 'not'])
  expect(beginnings(strict)).toEqual(['trai', 're'])
})

test('whatever is typed, parts are letters, digits and marks between blanks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
      for (const part of [`"${typed}"`, `${typed}*`].flatMap((text) =>
        strictStretches(parseQuery(text)).map(partOf),
      ))
        expect(part).toMatch(/^ [\p{L}\p{N}\p{M}\p{sc=Han} ]+$/u)
    }),
    { seed: 8, numRuns: 500 },
  )
})

test('a text holds every stretch of its own words', () => {
  const words = fc.array(fc.constantFrom('read', 'to', '红', 'é', '42', 'x'), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), (text, a, b) => {
      const tokens = phraseTokens(text.join(' '))
      const from = a % tokens.length
      const phrase = tokens.slice(from, from + 1 + (b % (tokens.length - from)))
      const [part = ''] = strictStretches(parseQuery(`"${phrase.join(' ')}"`)).map(partOf)
      expect(` ${tokens.join(' ')} `).toContain(part)
    }),
    { seed: 9, numRuns: 300 },
  )
})
