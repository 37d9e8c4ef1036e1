import { compareLocators } from '@stoa/locators'
import { createContext, useContext, useEffect, useMemo } from 'react'
import type { OfflinePlace } from '../../../offline/place.ts'
import type { LocalHighlight, LocalNote } from '../../../offline/types.ts'
import { useLive } from '../../../offline/use-place.ts'
import type { BookView } from '../../../reader/engine/index.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader } from '../reader-store.ts'
import { anchorChange } from './anchor-change.ts'

export interface Marks {
  /** In reading order. */
  readonly highlights: readonly LocalHighlight[]
  readonly notes: readonly LocalNote[]
}

const NONE: Marks = { highlights: [], notes: [] }

export const MarksContext = createContext<Marks>(NONE)
/** The highlights and notes of the open book as this device has them. */
export const useMarks = (): Marks => useContext(MarksContext)

/** Reads them, live. Use {@link useMarks} below the provider. */
export function useLiveMarks(place: OfflinePlace, bookId: string): Marks {
  const marks = useLive(async (bookId) => {
    const { highlights, notes } = place.database
    const [rows, written] = await Promise.all([
      highlights.where('book_id').equals(bookId).toArray(),
      notes.where('book_id').equals(bookId).toArray(),
    ])
    return {
      highlights: rows.filter((row) => row.deleted_at === null).sort(inReadingOrder),
      notes: written.filter((row) => row.deleted_at === null),
    }
  }, bookId)
  return marks ?? NONE
}

function inReadingOrder(a: LocalHighlight, b: LocalHighlight): number {
  return compareLocators(fromWire(a.locator), fromWire(b.locator))
}

/** Paints the highlights, and remembers where those were found whose text has moved. */
export function usePaintedHighlights({ highlights }: Marks): void {
  const { view, place } = useReader()
  const painted = useMemo(
    () =>
      highlights.map(({ id, locator, quote, color }) => ({ id, locator: fromWire(locator), quote, color })),
    [highlights],
  )
  useEffect(() => {
    let stale = false
    paint(view, painted, (found) => {
      const stored = highlights.find(({ id }) => id === found.id)
      const change = stored && anchorChange(stored, found)
      if (change && !stale) void place.annotations.changeHighlight(found.id, change)
    })
    return () => {
      stale = true
    }
  }, [view, place, painted, highlights])
}

function paint(
  view: BookView,
  highlights: Parameters<BookView['setHighlights']>[0],
  each: (found: Awaited<ReturnType<BookView['setHighlights']>>[number]) => void,
): void {
  view.setHighlights(highlights).then((statuses) => {
    for (const status of statuses) each(status)
  }, console.error)
}
