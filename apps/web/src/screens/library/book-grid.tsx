import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { BookCard } from './book-card.tsx'
import type { BookListProps } from './book-cell.ts'
import { type GridShape, gridShape } from './grid-shape.ts'

/** Covers in rows. Only the rows near the screen exist; places whose book is on the way keep their room. */
export function BookGrid(props: BookListProps) {
  const { total, at, isSelected, activeIndex, onRange, scroller, ...cell } = props
  const ref = useRef<HTMLDivElement>(null)
  const [shape, setShape] = useState<GridShape>(() => gridShape(1000))
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || !scroller) return
    const measure = () => {
      setShape(gridShape(element.clientWidth))
      setMargin(
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (element.parentElement) observer.observe(element.parentElement)
    return () => observer.disconnect()
  }, [scroller])
  const rows = useVirtualizer({
    count: Math.ceil(total / shape.columns),
    getScrollElement: () => scroller,
    estimateSize: () => shape.rowHeight,
    overscan: 3,
    scrollMargin: margin,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: row heights follow the width
  useEffect(() => rows.measure(), [shape])
  const shown = rows.getVirtualItems()
  const first = (shown[0]?.index ?? 0) * shape.columns
  const last = ((shown.at(-1)?.index ?? 0) + 1) * shape.columns - 1
  useEffect(() => onRange(first, last), [onRange, first, last])
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(Math.floor(activeIndex / shape.columns))
  }, [activeIndex, rows, shape.columns])
  return (
    <div ref={ref} className="grid" style={{ height: rows.getTotalSize() }} data-columns={shape.columns}>
      {shown.map((row) => (
        <div
          key={row.key}
          className="grid-row"
          style={{
            transform: `translateY(${row.start - margin}px)`,
            gridTemplateColumns: `repeat(${shape.columns}, minmax(0, 1fr))`,
            columnGap: shape.gap,
          }}
        >
          {Array.from({ length: Math.min(shape.columns, total - row.index * shape.columns) }, (_, column) => {
            const index = row.index * shape.columns + column
            const book = at(index)
            return book ? (
              <BookCard
                key={book.id}
                {...cell}
                book={book}
                selected={isSelected(book.id)}
                active={index === activeIndex}
              />
            ) : (
              <span key={index} className="bk ghost" aria-hidden="true">
                <span className="cover" />
              </span>
            )
          })}
        </div>
      ))}
    </div>
  )
}
