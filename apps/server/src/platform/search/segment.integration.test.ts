import { testDatabase } from '@stoa/testkit/database'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { latinText, phraseTokens } from './segment.ts'

let db: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const lexemes = 'select lexeme, positions from unnest(to_tsvector($1::regconfig, $2))'
const parts = fc.constantFrom(
  ...[
    '图书馆',
    '阅读',
    '、',
    'は',
    'カタカナ',
    'ไทย',
    'word',
    'É',
    'e\u0301',
    'Straße',
    '3.14',
    '1e5',
    '-7',
    '0x1F',
    '12abc',
  ],
  ...[
    "don't",
    'a_b',
    'example.com/x?y=1',
    'a@b.example',
    '&amp;',
    '<b>',
    'abc12',
    '한국어',
    'ёлка',
    'नमस्ते',
    '𠀀',
    '😀',
    ' ',
    '-',
    '\0',
  ],
)

test('PostgreSQL makes one position of every token, so phrases are what stands side by side', async () => {
  const texts = fc.array(parts, { minLength: 1, maxLength: 40 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const tokens = phraseTokens(text)
      const rows = await db.sql<{ lexeme: string; positions: number[] }>(lexemes, [
        'simple',
        tokens.join(' '),
      ])
      const found = rows.flatMap(({ lexeme, positions }) => positions.map((at) => [at, lexeme] as const))
      found.sort(([a], [b]) => a - b)
      expect(found).toEqual(tokens.map((token, index) => [index + 1, token]))
    }),
    { seed: 1, numRuns: 150 },
  )
})

test('the stemmer finds the stem of a word that a book hyphenates', async () => {
  const rows = await db.sql<{ lexeme: string }>(lexemes, [
    'english',
    latinText('The read\u00ading of pas\u00adsages'),
  ])
  expect(rows.map(({ lexeme }) => lexeme).sort()).toEqual(['passag', 'read'])
})
