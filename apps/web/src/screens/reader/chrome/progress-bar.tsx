import { Button } from '@stoa/ui'
import { formatDuration, formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import clsx from 'clsx'
import { Undo2 } from 'lucide-react'
import type { Location } from '../../../reader/engine/index.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { useTimeLeft } from '../time/use-reading-time.ts'
import { PageInput } from './page-input.tsx'
import { ProgressLine } from './progress-line.tsx'

/** How far one is, where the chapters begin, how long it still takes. Lies at the right side of vertical books. */
export function ProgressBar() {
  const { view } = useReader()
  const location = useReaderState((state) => state.location)
  const chrome = useReaderState((state) => state.chrome)
  const canBack = useReaderState((state) => state.history.canBack)
  if (!location) return null
  return (
    <footer className={clsx('scrub', !chrome && 'quiet')}>
      <span className="begin">
        {canBack && (
          <Button
            variant="ghost"
            size="sm"
            icon={Undo2}
            title={t.backHint()}
            onClick={() => void view.back()}
          >
            {t.backTo()}
          </Button>
        )}
        <span className="num">{formatPercent(location.fraction)}</span>
      </span>
      <ProgressLine location={location} />
      <span className="num end">
        <Pages location={location} />
        <TimeLeft location={location} />
      </span>
    </footer>
  )
}

function Pages({ location }: { location: Location }) {
  const { view } = useReader()
  if (view.format === 'pdf') return <PageInput location={location} />
  // A chapter on one page has nothing to count.
  if (location.pages < 2 && location.pageLabel === undefined) return null
  const page = location.pageLabel ?? location.page
  return (
    <span className="pages" title={t.pageOf({ page, pages: location.pages })}>
      {t.pageShort({ page, pages: location.pages })}
    </span>
  )
}

function TimeLeft({ location }: { location: Location }) {
  const { chapter, book } = useTimeLeft(location)
  if (chapter === undefined) return null
  const title = book === undefined ? undefined : t.leftInBook({ time: formatDuration(book) })
  return (
    <span className="left" title={title}>
      {t.leftInChapter({ time: formatDuration(chapter) })}
    </span>
  )
}
