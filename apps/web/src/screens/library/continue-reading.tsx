import { Button, Progress } from '@stoa/ui'
import { Cover } from '@stoa/ui/cover'
import { formatPercent, formatRelative } from '@stoa/ui/messages'
import { library as t } from '@stoa/ui/messages/library'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Book, booksQuery } from '../../data/books.ts'

const SHOWN = 3

/** The books one is in the middle of, the latest first and large: the one clay button of the library. */
export function ContinueReading() {
  const { data } = useQuery(booksQuery({ status: 'reading', sort: 'recently_read' }, 0))
  const books = data?.items.filter((book) => book.state === 'ACTIVE').slice(0, SHOWN) ?? []
  if (books.length === 0) return null
  return (
    <section className="cont" aria-label={t.continue()}>
      {books.map((book, index) => (
        <Started key={book.id} book={book} first={index === 0} />
      ))}
    </section>
  )
}

/** `Safari · iPhone` is the phone to whoever held it. */
const machineOf = (device: string): string => device.split(' · ').at(-1) ?? device

function Started({ book, first }: { book: Book; first: boolean }) {
  const { reading } = book
  const percent = formatPercent(reading.fraction)
  const when = reading.updated_at === null ? '' : formatRelative(Date.parse(reading.updated_at), Date.now())
  const open = { to: '/books/$bookId', params: { bookId: book.id } } as const
  const words = first ? book.authors.join(', ') : (reading.label ?? book.authors.join(', '))
  return (
    <div className={first ? 'it first' : 'it'}>
      <Link {...open} tabIndex={-1} aria-hidden="true">
        <Cover
          decorative
          title={book.title}
          author={book.authors.join(', ')}
          src={first ? book.cover?.large_url : book.cover?.small_url}
        />
      </Link>
      <div>
        <Link {...open} className="ti clip2" lang={book.language ?? undefined}>
          {book.title}
        </Link>
        <div className="meta clip">{words}</div>
        <Progress value={reading.fraction} label={t.progress()} />
        <div className="meta">
          {first && reading.label ? t.chapterAt({ label: reading.label, percent }) : `${percent} · ${when}`}
        </div>
        {first && (
          <div className="row act">
            <Button variant="primary" asChild>
              <Link {...open}>{reading.fraction > 0 ? t.continue() : t.start()}</Link>
            </Button>
            {reading.device_name !== null && (
              <span className="meta clip" title={reading.device_name}>
                {t.lastRead({ when, device: machineOf(reading.device_name) })}
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  )
}
