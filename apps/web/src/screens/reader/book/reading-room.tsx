import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ProgressBar } from '../chrome/progress-bar.tsx'
import { TopBar } from '../chrome/top-bar.tsx'
import { useChrome } from '../chrome/use-chrome.ts'
import { useReaderActions } from '../chrome/use-reader-actions.ts'
import { ContinueOffer } from '../floating/continue-offer.tsx'
import { Floating } from '../floating/floating.tsx'
import { MarginNotes } from '../floating/margin-notes.tsx'
import { useMarks, usePaintedHighlights } from '../marks/use-marks.ts'
import { SidePanels } from '../panels/side-panels.tsx'
import { useKeepPosition } from '../place/use-position.ts'
import { useReadingTime } from '../time/use-reading-time.ts'

interface ReadingRoomProps {
  /** The book is on screen. */
  readonly ready: boolean
  readonly className?: string
  /** Where the engine draws. */
  readonly stage: ReactNode
}

/** The page with its bars, and the panel beside it. The stage is the same element before and after the book is there. */
export function ReadingRoom({ ready, className, stage }: ReadingRoomProps) {
  return (
    <div className={clsx('reader', className)}>
      <main className="rd">
        <div className="bar-slot">{ready && <TopBar />}</div>
        <div className="pg">{stage}</div>
        <div className="scrub-slot">{ready && <ProgressBar />}</div>
        {ready && <Around />}
      </main>
      {ready && <SidePanels />}
    </div>
  )
}

/** What lives as long as the book is open. */
function Around() {
  usePaintedHighlights(useMarks())
  useKeepPosition()
  useReadingTime()
  useChrome()
  useReaderActions()
  return (
    <>
      <MarginNotes />
      <Floating />
      <ContinueOffer />
    </>
  )
}
