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
