import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText, hanWords, latinText, phraseTokens } from './segment.ts'

test('cuts Chinese into words and leaves the rest out', () => {
  expect(hanWords('我在读《红楼梦》, a novel')).toEqual(['我', '在读', '红楼梦'])
})

test('folds case, accents and width', () => {
  expect(foldText('Ｒéad ﬁnd')).toBe('read find')
  expect(phraseTokens('Don’t Ｒéad 红楼 42')).toEqual(['don', 't', 'read', '红', '楼', '42'])
})

test('plain text has the words that it has beside a Cyrillic letter', () => {
  const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 })
  const long = fc.stringMatching(/^[a-zA-Z0-9—“’ ]{0,250}$/)
  fc.assert(
    fc.property(fc.oneof(ascii, long), (text) => {
      expect([...phraseTokens(text), 'й']).toEqual(phraseTokens(`${text} й`))
    }),
    { seed: 5, numRuns: 1_000 },
  )
})

test('gives the stemmer everything but Chinese', () => {
  expect(latinText('café 红楼 reading').replace(/\s+/g, ' ')).toBe('cafe reading')
})

test('a text cut alone and inside another gives the same characters, whatever the words', () => {
  const han = fc.stringMatching(/^[\u4e00-\u9fa5]{0,40}$/)
  fc.assert(
    fc.property(han, fc.stringMatching(/^[a-z ]{0,20}$/), (chinese, latin) => {
      expect(hanWords(`${latin}${chinese}${latin}`).join('')).toBe(chinese)
      expect(
        phraseTokens(`${latin} ${chinese}`)
          .filter((token) => /\p{sc=Han}/u.test(token))
          .join(''),
      ).toBe(chinese)
    }),
    { seed: 3 },
  )
})

test.each([
  ['hy\u00adphen\u00adation zero\u200bwidth join\u200der \ufeffbom', 'hyphenation zero width joiner bom'],
  ['Crème BRÛLÉE naïve Straße Ærø Łódź', 'creme brulee naive strasse aero lodz'],
  ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
  ['ёлка й', 'ёлка й'],
  ['が か', 'が か'],
  ['हिन्दी नमस्ते', 'हिन्दी नमस्ते'],
  ['İstanbul ISTANBUL', 'istanbul istanbul'],
  ['ＡＢＣ ﬁne ㎏ №1 abc12', 'abc fine kg no 1 abc 12'],
  ['a\0b \ud800', 'a b'],
])('words of %j', (text, expected) => {
  expect(phraseTokens(text).join(' ')).toBe(expected)
})

test('the stemmer gets whole, folded words that can be stored', () => {
  expect(latinText('Hy\u00adphenated Éclairs\0红楼\ud800').trim()).toMatch(/^hyphenated eclairs\s/)
  expect(hanWords('红\u200d楼\u00ad梦')).toEqual(['红楼梦'])
})

const unicode = fc.string({ unit: 'binary', maxLength: 60 })
const lively = fc
  .array(
    fc.constantFrom(
      ...[
        '图书馆',
        '红楼梦',
        '、',
        'は',
        'か\u3099',
        'ไทย',
        'a',
        'É',
        'e\u0301',
        'ß',
        'ﬁ',
        'Ａ',
        '㎏',
        '½',
        "don't",
      ],
      ...[
        '3.14',
        '\u00ad',
        '\u200b',
        '\u200d',
        ' ',
        '-',
        '\u1112\u1161\u11ab',
        '한',
        'й',
        'क्',
        '𠀀',
        '😀',
        '\0',
        '\ud800',
      ],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

test('whatever the text: tokens are folded letters, marks and digits; other ways to write it give the same', () => {
  fc.assert(
    fc.property(fc.oneof(unicode, lively), (text) => {
      const tokens = phraseTokens(text)
      for (const token of tokens) {
        expect(token).toMatch(/^(?:[\p{L}\p{M}]+|\p{N}+)$/u)
        expect(foldText(token)).toBe(token)
      }
      expect(phraseTokens(text.normalize('NFD'))).toEqual(phraseTokens(text.normalize('NFC')))
      expect(latinText(text).isWellFormed()).toBe(true)
      expect(latinText(text)).not.toContain('\0')
    }),
    { seed: 1, numRuns: 1_000 },
  )
})
