import type { Locator } from '@stoa/locators'
import { toast } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { useEffect, useRef, useState } from 'react'
import type { OpenedFile } from '../../../offline/files.ts'
import {
  type BookFormat,
  type BookView,
  createBookView,
  ReaderError,
  type ReaderStyle,
} from '../../../reader/engine/index.ts'
import { type ReadShare, readShare } from '../place/read-share.ts'
import type { ReaderStore } from '../reader-store.ts'

const FORMATS: readonly string[] = ['epub', 'mobi', 'azw3', 'fb2', 'cbz', 'pdf']
const isFormat = (format: string): format is BookFormat => FORMATS.includes(format)
/** The server makes an EPUB of texts, so a reading edition in another format is one. */
const engineFormat = (format: string): BookFormat => (isFormat(format) ? format : 'epub')

export type BookOnScreen =
  | { readonly status: 'opening' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'open'; readonly view: BookView }

export interface Start {
  readonly locator: Locator
  /** The share of the book that was read when this place was kept, as the library tells it. */
  readonly fraction?: number
}

interface Parts {
  readonly file: OpenedFile
  readonly store: ReaderStore
  readonly style: ReaderStyle
  /** Where to begin; asked for once. */
  readonly startAt: () => Promise<Start | undefined>
}

/** Puts the file on screen inside `host`, and what happens there into the store. */
export function useBookView(host: React.RefObject<HTMLElement | null>, parts: Parts): BookOnScreen {
  const [shown, setShown] = useState<BookOnScreen>({ status: 'opening' })
  const latest = useRef(parts)
  latest.current = parts
  const { file, store, style } = parts

  useEffect(() => {
    let view: BookView | undefined
    let gone = false
    const open = async () => {
      const [made, start] = await Promise.all([
        createBookView(engineFormat(file.format)),
        latest.current.startAt(),
      ])
      if (gone) return made.destroy()
      view = made
      const share = readShare(start?.fraction)
      follow(made, store, share)
      host.current?.append(made.element)
      await made.open(file.blob, { style: latest.current.style, ...(start && { locator: start.locator }) })
      share.opened()
      if (!gone) setShown({ status: 'open', view: made })
    }
    setShown({ status: 'opening' })
    open().catch((error: unknown) => gone || setShown({ status: 'failed', error }))
    return () => {
      gone = true
      view?.destroy()
    }
  }, [file, store, host])

  const look = JSON.stringify(style)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for the style
  useEffect(() => {
    if (shown.status === 'open') shown.view.setStyle(latest.current.style)
  }, [shown, look])
  return shown
}

function follow(view: BookView, store: ReaderStore, share: ReadShare): void {
  const redrawn = () => store.setState(({ drawn }) => ({ drawn: drawn + 1 }))
  view.on('relocate', (location) => {
    const fraction = share.at(location)
    const moved = location.reason !== 'layout'
    store.setState(({ drawn, marked, footnote }) => ({
      location: { ...location, fraction },
      drawn: drawn + 1,
      marked: moved && !marked?.writing ? undefined : marked,
      footnote: moved ? undefined : footnote,
      ...(location.reason === 'page' && { chrome: false }),
    }))
  })
  view.on('selection', (selection) => store.setState({ selection, ...(selection && { marked: undefined }) }))
  view.on('footnote', (footnote) => store.setState({ footnote, marked: undefined }))
  view.on('image', ({ src, alt }) => store.setState({ image: { src, alt } }))
  view.on('link-external', ({ url }) => store.setState({ externalUrl: url }))
  view.on('highlight-tap', ({ id, rect }) =>
    store.setState({ marked: { id, rect, writing: false }, footnote: undefined }),
  )
  view.on('history', (history) => store.setState({ history }))
  view.on('load', redrawn)
  view.on('highlight-status', redrawn)
  view.on('error', (error) => {
    const lost = error instanceof ReaderError && error.code === 'reader.section_failed'
    if (lost) toast({ text: t.sectionFailed(), tone: 'bad' })
    console.error(error)
  })
}
