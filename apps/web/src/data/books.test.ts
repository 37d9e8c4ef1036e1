import { expect, test } from 'vitest'
import { pagesAround } from './books.ts'

test('until the count is known only page one is asked for', () => {
  expect(pagesAround(0, 0, undefined)).toEqual([0])
})

test('the pages on screen, their neighbours, and page one', () => {
  expect(pagesAround(0, 40, 10_000)).toEqual([0, 1])
  expect(pagesAround(3000, 3070, 10_000)).toEqual([0, 49, 50, 51, 52])
  expect(pagesAround(9990, 9999, 10_000)).toEqual([0, 165, 166])
})

test('a list that has become shorter asks for no page beyond its end', () => {
  expect(pagesAround(600, 660, 30)).toEqual([0])
})
