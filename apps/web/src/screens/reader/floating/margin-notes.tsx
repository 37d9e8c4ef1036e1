import { formatRelative } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import clsx from 'clsx'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { LocalHighlight } from '../../../offline/types.ts'
import type { HighlightRect } from '../../../reader/engine/index.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { useMarks } from '../marks/use-marks.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { layNotes, type MarginBox, type MarginSetting } from './margin-layout.ts'

/** Notes beside the text where there is room, a dot of their ink where there is not. */
export function MarginNotes() {
  const { view, store } = useReader()
  const { highlights } = useMarks()
  const noted = highlights.filter(({ note }) => note)
  const rects = useHighlightRects(noted.length > 0)
  const page = view.element.closest('.pg')?.getBoundingClientRect()
  if (!page || rects.length === 0) return null
  const byId = new Map(noted.map((row) => [row.id, row]))
  const shown = rects.filter(({ id }) => byId.has(id))
  const boxes = layNotes(shown, settingOf(view, page))
  return (
    <aside className="margin-notes" aria-label={t.marginNotes()}>
      {boxes.map((box) => {
        const row = byId.get(box.id)
        return (
          row && (
            <MarginNote
              key={box.id}
              row={row}
              box={box}
              onOpen={() =>
                store.setState({ marked: { id: row.id, rect: rectOf(shown, row.id), writing: false } })
              }
            />
          )
        )
      })}
    </aside>
  )
}

const NOWHERE = { left: 0, top: 0, width: 0, height: 0 }
const rectOf = (rects: readonly HighlightRect[], id: string) =>
  rects.find((each) => each.id === id)?.rect ?? NOWHERE

function settingOf(view: ReturnType<typeof useReader>['view'], page: DOMRect): MarginSetting {
  const first = view.element.querySelector('.pdf-page[data-shown], .pdf-page')?.getBoundingClientRect()
  return {
    page,
    vertical: view.vertical,
    ...(first && { sheetRight: first.right }),
    style: view.style,
  }
}

function MarginNote({ row, box, onOpen }: { row: LocalHighlight; box: MarginBox; onOpen: () => void }) {
  const { note } = row
  const style = { left: box.left, top: box.top, ...(box.height && { maxHeight: box.height }) }
  return (
    <button
      type="button"
      className={clsx('mn', `c-${row.color}`, box.kind)}
      style={style}
      aria-label={box.kind === 'note' ? undefined : t.openNote({ note: note ?? '' })}
      onClick={onOpen}
    >
      {box.kind === 'note' && (
        <>
          {!row.mine && <b>{row.author.display_name}</b>}
          <span className="words" lang={scriptLanguage(note ?? '')}>
            {note}
          </span>
          <span className="muted">{formatRelative(Date.parse(row.updated_at), Date.now())}</span>
        </>
      )}
    </button>
  )
}

/** Where highlights stand now; measured again whenever the page is drawn, and while it scrolls. */
function useHighlightRects(wanted: boolean): readonly HighlightRect[] {
  const { view } = useReader()
  const drawn = useReaderState((state) => state.drawn)
  const { highlights } = useMarks()
  const [rects, setRects] = useState<readonly HighlightRect[]>([])
  const [tick, setTick] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may move the text
  useLayoutEffect(() => {
    if (!wanted) return setRects([])
    const now = view.highlightRects()
    setRects((before) => (same(before, now) ? before : now))
  }, [view, wanted, drawn, highlights, tick])
  useEffect(() => {
    if (!wanted) return
    const again = () => setTick((count) => count + 1)
    const observer = new ResizeObserver(again)
    observer.observe(view.element)
    // The engine's own scrolling is not told outside of it, so it is looked at while it may happen.
    const scrolls = view.style.flow === 'scrolled' || view.format === 'pdf'
    let frame = 0
    const follow = () => {
      again()
      frame = requestAnimationFrame(follow)
    }
    let resting: ReturnType<typeof setTimeout> | undefined
    const off = view.on('activity', () => {
      if (!scrolls) return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(follow)
      clearTimeout(resting)
      resting = setTimeout(() => cancelAnimationFrame(frame), 1500)
    })
    return () => {
      observer.disconnect()
      off()
      cancelAnimationFrame(frame)
      clearTimeout(resting)
    }
  }, [view, wanted])
  return rects
}

const same = (a: readonly HighlightRect[], b: readonly HighlightRect[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b)
