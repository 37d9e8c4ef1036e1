import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runsQuery, strictQuery } from './postgres/tsquery.ts'
import { isEmptyQuery, parseQuery } from './query.ts'

test('takes free text, phrases, prefixes and Chinese apart', () => {
  expect(parseQuery('slow "to read well" train* 红楼梦 “功夫”')).toEqual({
    latin: 'slow',
    han: ['红楼梦'],
    hanRuns: ['红楼梦'],
    phrases: ['to read well', '功夫'],
    prefixes: ['train'],
  })
})

test('knows when there is nothing to look for', () => {
  expect(isEmptyQuery(parseQuery(' … "?" * '))).toBe(true)
  expect(isEmptyQuery(parseQuery('红'))).toBe(false)
})

test('phrases and prefixes become a query that must match as a whole', () => {
  expect(strictQuery(parseQuery('"to read" trai*'))).toBe("('to' <-> 'read') & ('trai':*)")
  expect(strictQuery(parseQuery('read'))).toBeUndefined()
  expect(runsQuery(parseQuery('红楼 x'))).toBe("('红' <-> '楼')")
})

test('whatever is typed, only letters and digits reach the query language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
      const query = parseQuery(typed)
      const text = `${strictQuery(query) ?? ''} ${runsQuery(query) ?? ''}`
      expect(text.replace(/'[\p{L}\p{N}\p{M}\p{sc=Han}〇]+'/gu, '').replace(/[()&<>:*\s-]/g, '')).toBe('')
    }),
    { seed: 5, numRuns: 1000 },
  )
})
