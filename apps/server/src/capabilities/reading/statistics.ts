import type { components } from '@stoa/contracts'
import type { DayHour } from './store.ts'

export type ReadingStatistics = components['schemas']['ReadingStatistics']

const HOUR_SECONDS = 3600

/**
 * Sums hours of reading into what the calendar and the charts show. An hour read on two devices at once is an hour, not two:
 * each local hour counts at most 3,600 seconds over all books.
 */
export function summarise(
  hours: readonly DayHour[],
  titles: ReadonlyMap<string, string>,
  finished: number,
): ReadingStatistics {
  const byHour = new Map<string, DayHour[]>()
  for (const row of hours) {
    const key = `${row.date} ${row.hour}`
    byHour.set(key, [...(byHour.get(key) ?? []), row])
  }
  const days = new Map<string, { seconds: number; books: Set<string> }>()
  const books = new Map<string, { seconds: number; days: Set<string> }>()
  const clock = new Array<number>(24).fill(0)
  for (const rows of byHour.values()) {
    const sum = rows.reduce((total, row) => total + row.seconds, 0)
    const share = sum > HOUR_SECONDS ? HOUR_SECONDS / sum : 1
    for (const { date, hour, book_id, seconds } of rows) {
      const counted = seconds * share
      const day = days.get(date) ?? { seconds: 0, books: new Set() }
      const book = books.get(book_id) ?? { seconds: 0, days: new Set() }
      days.set(date, { seconds: day.seconds + counted, books: day.books.add(book_id) })
      books.set(book_id, { seconds: book.seconds + counted, days: book.days.add(date) })
      clock[hour] = (clock[hour] ?? 0) + counted
    }
  }
  return {
    days: [...days].map(([date, day]) => ({ date, seconds: Math.round(day.seconds), books: day.books.size })),
    books: [...books]
      .map(([book_id, book]) => ({
        book_id,
        title: titles.get(book_id) ?? '',
        seconds: Math.round(book.seconds),
        days: book.days.size,
      }))
      .sort((a, b) => b.seconds - a.seconds || a.book_id.localeCompare(b.book_id)),
    hours: clock.map(Math.round),
    total_seconds: Math.round(clock.reduce((total, seconds) => total + seconds, 0)),
    finished,
  }
}
