import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
import type { Location } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'

/** More ticks than this would be a grey line. */
const MOST_TICKS = 60
const STEP = 0.01

/**
 * The book as a line to drag along, with a tick where each chapter begins. Of a vertical book it is read as the book is: downwards at
 * its side, on a phone from right to left below it.
 */
export function ProgressLine({ location }: { location: Location }) {
  const { view, store } = useReader()
  const line = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<number>()
  const phone = useMedia(PHONE)
  const upright = view.vertical && !phone
  const leftwards = view.vertical && phone
  const shown = dragged ?? location.fraction
  const ticks = view.chapters.length <= MOST_TICKS ? view.chapters : []
  const at = (share: number) => ({ [upright ? 'top' : 'insetInlineStart']: `${(share * 100).toFixed(2)}%` })

  const shareOf = ({ clientX, clientY }: PointerEvent) => {
    const box = line.current?.getBoundingClientRect()
    if (!box) return 0
    const along = (clientX - box.left) / box.width
    const share = upright ? (clientY - box.top) / box.height : leftwards ? 1 - along : along
    return Math.min(1, Math.max(0, share))
  }
  const go = (fraction: number) => {
    store.setState({ visiting: false })
    void view.goTo({ fraction: Math.min(0.9999, Math.max(0, fraction)) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
    }
    const step = steps[event.key]
    const edge = event.key === 'Home' ? 0 : event.key === 'End' ? 1 : undefined
    if (step === undefined && edge === undefined) return
    event.preventDefault()
    go(edge ?? location.fraction + (step ?? 0) * STEP)
  }
  return (
    <div
      className="ln"
      dir={leftwards ? 'rtl' : 'ltr'}
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={t.progress()}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(shown * 100)}
      aria-valuetext={formatPercent(shown)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragged(shareOf(event))
      }}
      onPointerMove={(event) => dragged !== undefined && setDragged(shareOf(event))}
      onPointerUp={(event) => {
        if (dragged !== undefined) go(shareOf(event))
        setDragged(undefined)
      }}
      onPointerCancel={() => setDragged(undefined)}
    >
      <i className="fill" style={{ [upright ? 'height' : 'width']: `${(shown * 100).toFixed(2)}%` }} />
      {ticks.map(({ label, fraction }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: chapters keep their order and may share names
        <i key={index} className="tk" style={at(fraction)} title={label} />
      ))}
      <i className="me" style={at(shown)} />
      {dragged !== undefined && (
        <span className="told" style={at(shown)}>
          <b className="num">{formatPercent(shown)}</b>
          {chapterAt(view.chapters, shown)}
        </span>
      )}
    </div>
  )
}

const chapterAt = (chapters: readonly { label: string; fraction: number }[], share: number) =>
  chapters.findLast((chapter) => chapter.fraction <= share)?.label
