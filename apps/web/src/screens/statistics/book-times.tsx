import { statistics as t } from '@stoa/ui/messages/statistics'
import { Link } from '@tanstack/react-router'
import type { ReadingStatistics } from '../../data/statistics.ts'
import { timeText } from './time-words.ts'

/** The books of the period, the longest read first. */
export function BookTimes({ books }: { books: ReadingStatistics['books'] }) {
  const sorted = [...books].sort((a, b) => b.seconds - a.seconds)
  const most = Math.max(1, sorted[0]?.seconds ?? 0)
  return (
    <section className="stat">
      <h2>{t.books()}</h2>
      <ol className="booktimes">
        {sorted.map(({ book_id, title, seconds, days }) => (
          <li key={book_id}>
            <Link to="/books/$bookId" params={{ bookId: book_id }}>
              <span className="ti clip">{title}</span>
              <span className="num">{timeText(seconds)}</span>
              <span className="share" aria-hidden="true">
                <span style={{ width: `${(seconds / most) * 100}%` }} />
              </span>
              <span className="muted">{t.onDays({ count: days })}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
