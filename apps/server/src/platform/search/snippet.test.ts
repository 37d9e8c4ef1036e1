import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findMarks, latinWords, makeSnippet } from './snippet.ts'

const text =
  'To read well, that is, to read true books in a true spirit, is a noble exercise. 红楼梦是一部小说。'

test('marks words and literal texts', () => {
  const marks = findMarks(text, new Set(['read', 'exercise']), ['红楼梦'])
  expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual([
    'read',
    'read',
    'exercise',
    '红楼梦',
  ])
})

test('merges marks that overlap', () => {
  expect(findMarks('南京市长江大桥', new Set(), ['南京市', '市长江', '大桥'])).toEqual([{ start: 0, end: 7 }])
})

test('cuts out the stretch with the most marks', () => {
  const long = `${'filler words that do not matter '.repeat(20)}needle in a haystack of needle ${'more filler '.repeat(30)}`
  const { parts } = makeSnippet(long, findMarks(long, new Set(['needle']), []), 80)
  expect(parts.filter((part) => part.mark).map((part) => part.text)).toEqual(['needle', 'needle'])
  expect(parts.at(0)?.text).toBe('…')
  expect(parts.at(-1)?.text).toBe('…')
})

test('lists words for the engine to judge', () => {
  expect(latinWords("Don't read 红楼梦, read on")).toEqual(["Don't", 'read', 'on'])
})

test('a word with soft hyphens is one word', () => {
  const soft = 'an ex\u00adam\u00adple'
  expect(latinWords(soft)).toEqual(['an', 'ex\u00adam\u00adple'])
  expect(findMarks(soft, new Set(['ex\u00adam\u00adple']), [])).toEqual([{ start: 3, end: soft.length }])
})

test('parts are the text itself, in order, marked where asked, and no character is cut in half', () => {
  const unit = fc.constantFrom('word ', 'read ', '红楼', '梦。', '👩‍🚀', '𝒳 ', '\n', 'é')
  const body = fc.array(unit, { maxLength: 200 }).map((units) => units.join(''))
  fc.assert(
    fc.property(body, fc.integer({ min: 10, max: 300 }), (content, length) => {
      const marks = findMarks(content, new Set(['read']), ['红楼'])
      const { parts, span } = makeSnippet(content, marks, length)
      const shown = parts.filter((part, i) => !(part.text === '…' && (i === 0 || i === parts.length - 1)))
      expect(shown.map((part) => part.text).join('')).toBe(content.slice(span.start, span.end))
      expect(
        shown
          .map((part) => part.text)
          .join('')
          .isWellFormed(),
      ).toBe(true)
      for (const part of parts)
        if (part.mark)
          expect(
            ['read', '红楼'].some(
              (hit) => hit.startsWith(part.text) || hit.endsWith(part.text) || part.text.includes(hit),
            ),
          ).toBe(true)
    }),
    { seed: 11, numRuns: 400 },
  )
})
