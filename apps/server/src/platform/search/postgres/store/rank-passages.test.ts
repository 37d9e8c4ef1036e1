import { expect, test } from 'vitest'
import { together } from './match-passages.ts'
import { divide } from './rank-passages.ts'

const term = (id: number, count: number, han = false) => ({ id, count, han })
const size = (passages: number) => ({ passages, averageLength: 80 })
const ids = (terms: readonly { id: number }[]) => terms.map(({ id }) => id)

test('few places: every term finds passages', () => {
  const { finding, helping } = divide([term(1, 10), term(2, 900)], size(1000))
  expect([ids(finding), ids(helping)]).toEqual([[1, 2], []])
})

test('common Chinese words are left out, common English ones only of much text, the rarest never', () => {
  expect(ids(divide([term(1, 10), term(2, 900, true)], size(1000)).finding)).toEqual([1])
  expect(ids(divide([term(1, 900, true)], size(1000)).finding)).toEqual([1])
  expect(ids(divide([term(1, 10), term(2, 90_000)], size(200_000)).finding)).toEqual([1])
})

test('in much text the rarest find, the others help, and the rarest finds whatever it costs', () => {
  const { finding, helping } = divide([term(1, 5000), term(2, 20_000), term(3, 25_000)], size(200_000))
  expect([ids(finding), ids(helping)]).toEqual([[1, 2], [3]])
  expect(ids(divide([term(1, 150_000)], size(200_000)).finding)).toEqual([1])
})

test('words of a phrase are looked up together while that is cheaper than reading', () => {
  expect(together([term(1, 100), term(2, 700), term(3, 5000)])).toEqual([1, 2])
  expect(together([term(1, 1), term(2, 2), term(3, 3), term(4, 4), term(5, 5)])).toEqual([1, 2, 3, 4])
  expect(together([])).toEqual([])
})
