import './library-table.css'
import { ContextMenu } from '@stoa/ui'
import { Cover } from '@stoa/ui/cover'
import { formatDay, formatPercent } from '@stoa/ui/messages'
import { library as t } from '@stoa/ui/messages/library'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { BookCellProps, BookListProps } from './book-cell.ts'
import { Done } from './done.tsx'

const ROW = 60

/** Books as rows: title, progress, format, when added. Only the rows near the screen exist. */
export function BookTable(props: BookListProps) {
  const { total, at, isSelected, activeIndex, onRange, scroller, ...cell } = props
  const ref = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || !scroller) return
    const measure = () =>
      setMargin(
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      )
    measure()
    const observer = new ResizeObserver(measure)
    if (element.parentElement) observer.observe(element.parentElement)
    return () => observer.disconnect()
  }, [scroller])
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: margin,
  })
  const shown = rows.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => onRange(first, last), [onRange, first, last])
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex)
  }, [activeIndex, rows])
  return (
    <div className="btable">
      <div className="bhead" aria-hidden="true">
        <span>{t.title()}</span>
        <span>{t.progress()}</span>
        <span className="hm">{t.format()}</span>
        <span className="hm">{t.added()}</span>
      </div>
      <div ref={ref} className="brows" style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const book = at(row.index)
          const style = { transform: `translateY(${row.start - margin}px)`, height: ROW }
          return book ? (
            <Row
              key={row.key}
              {...cell}
              book={book}
              style={style}
              selected={isSelected(book.id)}
              active={row.index === activeIndex}
            />
          ) : (
            <div key={row.key} className="brow ghost" style={style} aria-hidden="true" />
          )
        })}
      </div>
    </div>
  )
}

const Row = memo(function Row({
  book,
  selected,
  active,
  onPick,
  onDrag,
  menu,
  style,
}: BookCellProps & { style: React.CSSProperties }) {
  const { reading } = book
  const opens = book.state === 'ACTIVE' && book.trashed_at === null
  const cells = (
    <>
      <span className="bkc">
        {selected && <span className="sr">{t.picked()}</span>}
        <Cover decorative title={book.title} author={book.authors.join(', ')} src={book.cover?.small_url} />
        <span className="clipped">
          <b className="clip" lang={book.language ?? undefined}>
            {book.title}
          </b>
          <span className="au clip">{book.authors.join(', ')}</span>
        </span>
      </span>
      <span className="num">
        {reading.status === 'finished' ? (
          <Done />
        ) : reading.fraction > 0 ? (
          formatPercent(reading.fraction)
        ) : (
          ''
        )}
      </span>
      <span className="hm">{book.format?.toUpperCase()}</span>
      <span className="hm num">{formatDay(new Date(book.added_at))}</span>
    </>
  )
  const shape = {
    className: clsx('brow', selected && 'picked', active && 'active'),
    style,
    'data-book': book.id,
    draggable: true,
    onDragStart: (event: React.DragEvent) => onDrag(event.dataTransfer, book),
    onClickCapture: (event: React.MouseEvent) => onPick(event, book),
  }
  return (
    <ContextMenu items={menu(book)}>
      {opens ? (
        <Link to="/books/$bookId" params={{ bookId: book.id }} {...shape}>
          {cells}
        </Link>
      ) : (
        <button type="button" {...shape}>
          {cells}
        </button>
      )}
    </ContextMenu>
  )
})
