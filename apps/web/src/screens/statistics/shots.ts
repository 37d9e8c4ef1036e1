import type { Shot } from '../../../tools/shots.ts'
import { NOW, uuid } from '../../testing/mock/account.ts'
import type { MockHandlers } from '../../testing/mock-api.ts'

/** Minutes of a made-up reader: the same on every run, more on some days, nothing on others. */
const days = Array.from({ length: 360 }, (_, back) => {
  const minutes = ((back * 37) % 11) * ((back * 13) % 7) + (back % 5)
  const date = new Date(NOW - back * 86_400_000).toISOString().slice(0, 10)
  return { date, seconds: minutes % 3 === 0 ? 0 : minutes * 75, books: 1 + (back % 2) }
})
const books = ['The Count of Monte Cristo', '红楼梦', 'Walden', 'An Inquiry into the Wealth of Nations']

const some: MockHandlers = {
  getReadingStatistics: ({ query }) => {
    const shown = days.filter(({ date }) => date >= (query.get('from') ?? ''))
    const total = shown.reduce((sum, { seconds }) => sum + seconds, 0)
    return {
      status: 200,
      body: {
        days: shown,
        books: books.map((title, at) => ({
          book_id: uuid(600 + at),
          title,
          seconds: Math.round(total / (2 + at * at)),
          days: Math.ceil(shown.length / (2 + at)),
        })),
        hours: Array.from({ length: 24 }, (_, hour) =>
          hour < 6 ? 0 : ((hour * 17) % 13) * 700 * (hour > 19 ? 3 : 1),
        ),
        total_seconds: total,
        finished: 2,
      },
    }
  },
}
const none: MockHandlers = {
  getReadingStatistics: () => ({
    status: 200,
    body: { days: [], books: [], hours: Array.from({ length: 24 }, () => 0), total_seconds: 0, finished: 0 },
  }),
}

export const shots: Shot[] = [
  { name: 'statistics', path: '/statistics', handlers: [some] },
  { name: 'statistics-year', path: '/statistics?range=year', handlers: [some], widths: [1440] },
  { name: 'statistics-empty', path: '/statistics', handlers: [none], widths: [1440] },
]
