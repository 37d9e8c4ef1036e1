import { type Operation, operation } from '../../../platform/http/operation.ts'
import { countFinished } from '../../library/index.ts'
import type { ReadingComponents } from '../components.ts'
import { rangeTooLong } from '../errors.ts'
import { summarise } from '../statistics.ts'
import { readingTime } from '../store.ts'

const MAX_DAYS = 800
const DAY_MS = 86_400_000

export const getReadingStatistics = ({ bookTitles }: ReadingComponents): Operation =>
  operation('getReadingStatistics', (request) => {
    const { context, query } = request
    const { from, to, book_id: bookId } = query
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
    if (!(days >= 1 && days <= MAX_DAYS)) throw rangeTooLong(MAX_DAYS)
    return request.read(async (tx) => {
      const hours = await readingTime(tx, context.accountId, { from, to, ...(bookId && { bookId }) })
      const titles = await bookTitles(tx, context, [...new Set(hours.map((row) => row.book_id))])
      const finished = await countFinished(tx, context.accountId, { from, to })
      return { status: 200, body: summarise(hours, titles, finished) }
    })
  })
