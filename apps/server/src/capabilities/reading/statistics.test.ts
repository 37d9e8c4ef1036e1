import { expect, test } from 'vitest'
import { summarise } from './statistics.ts'

const titles = new Map([
  ['a', 'Walden'],
  ['b', '呐喊'],
])

test('sums by day, book and hour of the day', () => {
  const result = summarise(
    [
      { date: '2026-11-20', hour: 22, book_id: 'a', seconds: 600 },
      { date: '2026-11-21', hour: 22, book_id: 'a', seconds: 300.4 },
      { date: '2026-11-21', hour: 23, book_id: 'b', seconds: 1200 },
    ],
    titles,
    1,
  )
  expect(result.days).toEqual([
    { date: '2026-11-20', seconds: 600, books: 1 },
    { date: '2026-11-21', seconds: 1500, books: 2 },
  ])
  expect(result.books).toEqual([
    { book_id: 'b', title: '呐喊', seconds: 1200, days: 1 },
    { book_id: 'a', title: 'Walden', seconds: 900, days: 2 },
  ])
  expect(result.hours[22]).toBe(900)
  expect(result.total_seconds).toBe(2100)
  expect(result.finished).toBe(1)
})

test('an hour read on two devices at once is one hour', () => {
  const result = summarise(
    [
      { date: '2026-11-21', hour: 9, book_id: 'a', seconds: 3600 },
      { date: '2026-11-21', hour: 9, book_id: 'b', seconds: 3600 },
    ],
    titles,
    0,
  )
  expect(result.total_seconds).toBe(3600)
  expect(result.books.map((book) => book.seconds)).toEqual([1800, 1800])
})

test('nothing read is an empty picture, not an error', () => {
  expect(summarise([], titles, 0)).toEqual({
    days: [],
    books: [],
    hours: new Array(24).fill(0),
    total_seconds: 0,
    finished: 0,
  })
})
