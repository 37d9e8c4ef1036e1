import { expect, test } from 'vitest'
import { cutContent } from './cut-content.ts'

test('each word stands once, and passages hold its number', () => {
  const { passages, tokens, han } = cutContent([
    { ord: 0, text: 'Reading, 读红楼梦 reading', headings: ['The Café 石头记'] },
    { ord: 3, text: 'The 梦', headings: [] },
  ])
  const words = passages.map((passage) => ({
    ...passage,
    headings: passage.headings.map((number) => tokens[number]),
    tokens: passage.tokens.map((number) => tokens[number]),
    han: passage.han.map((number) => han[number]),
  }))
  expect(words).toEqual([
    {
      ord: 0,
      headings: ['the', 'cafe'],
      tokens: ['reading', '读', '红', '楼', '梦', 'reading'],
      han: ['石头记', '读', '红楼梦'],
      words: ' reading 读 红 楼 梦 reading ',
    },
    { ord: 3, headings: [], tokens: ['the', '梦'], han: ['梦'], words: ' the 梦 ' },
  ])
  expect(tokens).toEqual(expect.arrayContaining(['reading', 'the', 'cafe', '读', '红', '楼', '梦']))
  expect([tokens.length, han.length]).toEqual([7, 4])
})

test('a passage without a word is none the less there', () => {
  expect(cutContent([{ ord: 0, text: '—', headings: [] }]).passages).toEqual([
    { ord: 0, headings: [], tokens: [], han: [], words: '  ' },
  ])
})
