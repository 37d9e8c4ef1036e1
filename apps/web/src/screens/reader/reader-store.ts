import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { OfflinePlace } from '../../offline/place.ts'
import type { Book } from '../../offline/types.ts'
import type {
  BookView,
  Location,
  ScreenRect,
  SelectionDetail,
  ViewEvents,
} from '../../reader/engine/index.ts'

export type ReaderPanel = 'contents' | 'search' | 'marks' | 'room' | 'document'

/** What is open over or beside the text. */
export interface ReaderState {
  readonly location: Location | undefined
  readonly selection: SelectionDetail | null
  readonly panel: ReaderPanel | undefined
  /** The room beside the book; undefined: it is to be chosen. */
  readonly room: string | undefined
  /** The document beside the book; undefined: it is to be chosen. */
  readonly document: string | undefined
  /** Bars are seen. They hide while one reads. */
  readonly chrome: boolean
  /** The highlight whose card is open. */
  readonly marked: { readonly id: string; readonly rect: ScreenRect; readonly writing: boolean } | undefined
  readonly footnote: ViewEvents['footnote'] | undefined
  readonly image: { readonly src: string; readonly alt: string } | undefined
  readonly externalUrl: string | undefined
  readonly history: ViewEvents['history']
  /** Grows whenever what is on screen may stand elsewhere. */
  readonly drawn: number
  /** A link led here, and nobody has read on yet. */
  readonly visiting: boolean
  /** A note that belongs to no passage is being written in the notes panel. */
  readonly writingPageNote: boolean
  /** The settings are open. */
  readonly look: boolean
}

export type ReaderStore = StoreApi<ReaderState>

/** `beside`: the room or document that is open beside the book from the start. */
export const createReaderStore = (beside: { room?: string; document?: string } = {}): ReaderStore =>
  createStore<ReaderState>(() => ({
    location: undefined,
    selection: null,
    panel: beside.document ? 'document' : beside.room ? 'room' : undefined,
    room: beside.room,
    document: beside.document,
    chrome: true,
    marked: undefined,
    footnote: undefined,
    image: undefined,
    externalUrl: undefined,
    history: { canBack: false, canForward: false },
    drawn: 0,
    visiting: false,
    writingPageNote: false,
    look: false,
  }))

/** Closes the note of the book that is open; the focus goes back to its reference. */
export function closeFootnote(store: ReaderStore): void {
  const { footnote } = store.getState()
  store.setState({ footnote: undefined })
  footnote?.focusReference()
}

/** One open book and everything around it. */
export interface Reader {
  readonly book: Book
  readonly view: BookView
  readonly place: OfflinePlace
  readonly store: ReaderStore
  /** Outlines a passage for a moment, so that the eye finds it. */
  flash(locators: Parameters<BookView['setMarks']>[0]): void
}

export const ReaderContext = createContext<Reader | undefined>(undefined)

export function useReader(): Reader {
  const reader = useContext(ReaderContext)
  if (!reader) throw new Error('useReader is only for what is inside an open book.')
  return reader
}

export function useReaderState<Part>(select: (state: ReaderState) => Part): Part {
  return useStore(useReader().store, select)
}
