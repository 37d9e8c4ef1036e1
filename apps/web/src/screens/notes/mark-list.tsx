import { notes as t } from '@stoa/ui/messages/notes'
import { useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { useActions } from '../../keyboard/actions.ts'
import { useListKeys } from '../../keyboard/use-list-keys.ts'
import { BookHead, MarkCard, QuotedWords } from './mark-card.tsx'
import { MarkForm } from './mark-form.tsx'
import { type Line, type Mark, passageOf } from './marks.ts'
import type { MarkActs } from './use-mark-acts.ts'

/** A guess until a row has been measured. */
const USUAL = { mark: 150, book: 62 } as const

export interface MarkListProps {
  readonly lines: readonly Line[]
  readonly acts: MarkActs
  readonly scroller: HTMLElement | null
  readonly underBooks: boolean
  readonly onTag: (tag: string) => void
}

/** The marks; only the rows near the screen exist, and the one that is being changed. */
export function MarkList({ lines, acts, scroller, underBooks, onTag }: MarkListProps) {
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<string>()
  const margin = useOffset(list, scroller)
  const edited = lines.findIndex(({ key }) => key === editing)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => USUAL[lines[index]?.kind ?? 'mark'],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 6,
    scrollMargin: margin,
    // What is being typed is not lost by scrolling away from it.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(edited < 0 ? [] : [edited])])].sort((a, b) => a - b),
  })
  const marks = lines.flatMap((line) => (line.kind === 'mark' ? [line] : []))
  const { cursor } = useListKeys({
    count: marks.length,
    onOpen: (index) => {
      const passage = marks[index] && passageOf(marks[index].mark)
      if (passage)
        void navigate({ to: '/books/$bookId', params: { bookId: passage.bookId }, search: passage.search })
    },
    onMove: (index) => rows.scrollToIndex(lines.findIndex(({ key }) => key === marks[index]?.key)),
  })
  const current = marks[cursor]
  useActions([
    {
      id: 'notes.edit',
      group: 'list',
      label: t.edit(),
      shortcut: 'e',
      keysOnly: true,
      run: () => current?.mark.row.mine && setEditing(current.key),
    },
  ])
  const draw = (line: Line) => {
    if (line.kind === 'book') return <BookHead bookId={line.bookId} title={line.title} count={line.count} />
    const { mark, key } = line
    if (key === editing) return <Editing mark={mark} acts={acts} onDone={() => setEditing(undefined)} />
    return (
      <MarkCard
        mark={mark}
        active={key === current?.key}
        underBook={underBooks}
        onEdit={() => setEditing(key)}
        onRemove={() => void acts.remove(mark)}
        onTag={onTag}
      />
    )
  }
  return (
    <div ref={list} className="marklist" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => {
        const line = lines[row.index]
        return (
          line && (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className="markrow"
              style={{ transform: `translateY(${row.start - margin}px)` }}
            >
              {draw(line)}
            </div>
          )
        )
      })}
    </div>
  )
}

function Editing({ mark, acts, onDone }: { mark: Mark; acts: MarkActs; onDone: () => void }) {
  return (
    <div className="markcard editing">
      {mark.row.quote && <QuotedWords mark={mark} className="clip2" />}
      <MarkForm
        mark={mark}
        onCancel={onDone}
        onSave={(change) => {
          if (change) void acts.change(mark, change)
          onDone()
        }}
      />
    </div>
  )
}

/** How far below the top of what scrolls the list begins; conflicts and the form for a new note stand above it. */
function useOffset(list: React.RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const element = list.current
    const above = element?.parentElement
    if (!element || !above || !scroller) return
    const measure = () =>
      setMargin(
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      )
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(above)
    return () => observer.disconnect()
  }, [list, scroller])
  return margin
}
