import { ContextMenu, Progress } from '@stoa/ui'
import { Cover } from '@stoa/ui/cover'
import { formatPercent } from '@stoa/ui/messages'
import { library as t } from '@stoa/ui/messages/library'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { memo } from 'react'
import type { Book } from '../../data/books.ts'
import type { BookCellProps } from './book-cell.ts'
import { Done } from './done.tsx'

/** A cover with its title: opens the book, drags to shelves, carries the menu. */
export const BookCard = memo(function BookCard(props: BookCellProps) {
  const { book, selected, active, onPick, onDrag, menu } = props
  const busy = book.state !== 'ACTIVE'
  const body = (
    <>
      <Cover decorative title={book.title} author={book.authors.join(', ')} src={book.cover?.small_url} />
      <Amount book={book} />
      {selected && <span className="sr">{t.picked()}</span>}
      <span className="ti clip2" lang={book.language ?? undefined}>
        {book.title}
      </span>
      <span className="au">
        <span className="clip">{book.authors.join(', ')}</span>
        {!busy && <Fraction book={book} />}
      </span>
    </>
  )
  const shape = {
    className: clsx('bk', selected && 'picked', active && 'active', busy && 'busy'),
    'data-book': book.id,
    draggable: true,
    onDragStart: (event: React.DragEvent) => onDrag(event.dataTransfer, book),
    onClickCapture: (event: React.MouseEvent) => onPick(event, book),
  }
  return (
    <ContextMenu items={menu(book)}>
      {busy || book.trashed_at !== null ? (
        <button type="button" {...shape}>
          {body}
        </button>
      ) : (
        <Link to="/books/$bookId" params={{ bookId: book.id }} {...shape}>
          {body}
        </Link>
      )}
    </ContextMenu>
  )
})

function Amount({ book }: { book: Book }) {
  if (book.state === 'ANALYZING' || book.state === 'PROCESSING') {
    return <Progress value={book.progress} label={t.readingIn({ name: book.title })} />
  }
  const { fraction, status } = book.reading
  if (fraction === 0 || status === 'finished') return null
  return <Progress value={fraction} label={t.progress()} />
}

/** How far one is; before that, what kind of file it is where that makes a difference to reading. */
function Fraction({ book: { reading, format } }: { book: Book }) {
  if (reading.status === 'finished') return <Done />
  if (reading.fraction > 0) return <span className="num">{formatPercent(reading.fraction)}</span>
  return format === 'pdf' || format === 'cbz' ? <span className="num">{format.toUpperCase()}</span> : null
}
