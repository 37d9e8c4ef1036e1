import { Button, EmptyState, Pulse, toast } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { shell } from '@stoa/ui/messages/shell'
import { useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { FileWarning } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { OpenedFile } from '../../../offline/files.ts'
import { usePlace } from '../../../offline/use-place.ts'
import type { BookView } from '../../../reader/engine/index.ts'
import { MarksContext, useLiveMarks } from '../marks/use-marks.ts'
import { placeToStart } from '../place/use-position.ts'
import { fromWire } from '../place/wire-locator.ts'
import { createReaderStore, type Reader, ReaderContext } from '../reader-store.ts'
import { usePaper, useReaderStyle } from '../settings/use-reader-style.ts'
import { openErrorText } from '../start/failure-text.ts'
import { BareStage } from '../start/opening-stage.tsx'
import { goToTarget, isLink, locatorOf } from '../start/target.ts'
import { useBookView } from '../start/use-book-view.ts'
import { ReadingRoom } from './reading-room.tsx'

/** So long a passage that was gone to stays outlined. */
const FLASH_MS = 2600

/** Opens the file on screen; everything around it comes once it is there. */
export function OpenBook({ file, retry }: { file: OpenedFile; retry: () => void }) {
  const place = usePlace()
  const search = useSearch({ from: '/signed-in/books/$bookId' })
  const [store] = useState(() => createReaderStore(search))
  const host = useRef<HTMLDivElement>(null)
  const style = useReaderStyle(file.format === 'pdf')
  usePaper(style.theme)
  useTitle(file.book.title)
  const shown = useBookView(host, {
    file,
    store,
    style,
    startAt: async () => {
      const linked = await locatorOf(search, place)
      if (isLink(search)) store.setState({ visiting: true })
      if (linked) return { locator: linked }
      const kept = await placeToStart(place, file.book.id)
      return kept && { locator: fromWire(kept.locator), fraction: kept.fraction }
    },
  })
  const view = shown.status === 'open' ? shown.view : undefined
  const reader = useMemo(
    (): Reader | undefined => view && { book: file.book, view, place, store, flash: flasher(view) },
    [view, file.book, place, store],
  )
  useLinkTarget(reader)
  const marks = useLiveMarks(place, file.book.id)
  if (shown.status === 'failed') {
    return (
      <BareStage>
        <EmptyState
          icon={FileWarning}
          title={t.openFailed()}
          action={<Button onClick={retry}>{shell.retry()}</Button>}
        >
          {openErrorText(shown.error)}
        </EmptyState>
      </BareStage>
    )
  }
  return (
    <ReaderContext value={reader}>
      <MarksContext value={marks}>
        <ReadingRoom
          ready={reader !== undefined}
          className={clsx(file.format === 'pdf' && 'is-pdf', view?.vertical && 'is-vertical')}
          stage={
            <>
              <div className="book-host" ref={host} lang={file.book.language ?? undefined} />
              {!reader && (
                <p className="opening late" role="status">
                  <Pulse /> {t.opening()}
                </p>
              )}
            </>
          }
        />
      </MarksContext>
    </ReaderContext>
  )
}

function flasher(view: BookView): Reader['flash'] {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (locators) => {
    clearTimeout(timer)
    view.setMarks(locators)
    timer = setTimeout(() => view.setMarks([]), FLASH_MS)
  }
}

/** Opens what the address names and lets it flash; also when the address changes while the book is open. */
function useLinkTarget(reader: Reader | undefined): void {
  const search = useSearch({ from: '/signed-in/books/$bookId' })
  useEffect(() => {
    if (!reader || !isLink(search)) return
    const controller = new AbortController()
    const { view, place, store, flash } = reader
    const open = async () => {
      store.setState({ visiting: true })
      const target = await goToTarget(view, search, await locatorOf(search, place), controller.signal)
      if (controller.signal.aborted) return
      if (target) flash([target])
      else toast(t.linkLost())
    }
    void open()
    return () => controller.abort()
  }, [reader, search])
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Stoa`
  }, [title])
}
