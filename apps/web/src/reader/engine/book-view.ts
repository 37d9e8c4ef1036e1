import type { AnchorStatus, Locator, TextQuote } from '@stoa/locators'
import type { Unsubscribe } from './emitter.ts'
import type { ReaderStyle } from './style/reader-style.ts'

export type BookFormat = 'epub' | 'mobi' | 'azw3' | 'fb2' | 'cbz' | 'pdf'

export interface BookMetadata {
  readonly title?: string
  readonly authors: readonly string[]
  /** BCP 47 tags, the main one first. */
  readonly languages: readonly string[]
  readonly identifier?: string
  readonly publisher?: string
}

export interface TocItem {
  readonly label: string
  /** For `goTo({ href })`; opaque. Undefined for a heading that leads nowhere. */
  readonly href?: string
  readonly children: readonly TocItem[]
}

/** Why the place changed: `page` and `scroll` are reading; `jump` was asked for; `layout` is the same place redrawn. */
export type RelocateReason = 'page' | 'scroll' | 'jump' | 'layout'

export interface Location {
  /** The first visible character. */
  readonly locator: Locator
  /** Of the whole book, 0 to 1, at the end of what is visible: 1 on the last page. */
  readonly fraction: number
  readonly section: { readonly index: number; readonly total: number; readonly fraction: number }
  readonly tocItem?: TocItem
  /** The printed page, where the book has a page list. */
  readonly pageLabel?: string
  /** Screen pages of this section (EPUB) or pages of the book (PDF, comics); `page` counts from 1. */
  readonly page: number
  readonly pages: number
  /** What is left to read as shares of the whole book; with the reader's own speed this becomes time. */
  readonly remaining: { readonly section: number; readonly book: number }
  /** Size of the book's text, about characters; 0 when unknown. */
  readonly length: number
  readonly reason: RelocateReason
}

/** In CSS pixels of the page that holds the reader, as `getBoundingClientRect` gives them. */
export interface ScreenRect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface SelectionDetail {
  readonly text: string
  readonly quote: TextQuote
  readonly locator: Locator
  /** Around the visible part of the selection. */
  readonly rect: ScreenRect
  /** BCP 47, from the nearest `lang`, or empty. */
  readonly language: string
}

export interface FootnoteDetail {
  /** Allow-listed markup without ids, scripts, images or styles: safe to insert. */
  readonly html: string
  readonly text: string
  /** Of the reference that was tapped. */
  readonly rect: ScreenRect
  /** For `goTo`: the note in its own place. */
  readonly href: string
  readonly language: string
  /** Gives the focus back to the reference, where one reads on. */
  readonly focusReference: () => void
}

export type HighlightColor = 'amber' | 'rose' | 'sage' | 'sky' | 'violet'

export interface Highlight {
  readonly id: string
  readonly locator: Locator
  readonly quote?: TextQuote
  readonly color: HighlightColor
}

export interface HighlightStatus {
  readonly id: string
  readonly status: AnchorStatus
  readonly score: number
  /** Where it is now; differs from the stored one when `repaired` or `approximate`. Undefined when lost. */
  readonly locator: Locator | undefined
}

/** Where a highlight stands in the window now. */
export interface HighlightRect {
  readonly id: string
  /** Around its visible part. */
  readonly rect: ScreenRect
}

export interface SearchHit {
  readonly locator: Locator
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string }
  readonly section: number
  readonly tocLabel?: string
}

export interface SearchOptions {
  readonly signal?: AbortSignal
  /** Hits after which the search stops. Default 500. */
  readonly limit?: number
}

export interface ViewEvents {
  relocate: Location
  /** Null when the selection was let go. */
  selection: SelectionDetail | null
  footnote: FootnoteDetail
  'link-external': { readonly url: string }
  'highlight-tap': { readonly id: string; readonly rect: ScreenRect }
  'highlight-status': HighlightStatus
  /** A tap or click on nothing in particular; x and y as shares of the view. */
  tap: { readonly x: number; readonly y: number; readonly pointer: string }
  /** An image to look at closely. `src` lives as long as its section is shown. */
  image: { readonly src: string; readonly alt: string; readonly rect: ScreenRect }
  /** Somebody moves, scrolls, presses or types in the book, which the page around it does not see. */
  activity: { readonly pointer: 'mouse' | 'other' }
  /** A section was drawn. */
  load: { readonly index: number }
  /** Back or forward became possible or impossible. */
  history: { readonly canBack: boolean; readonly canForward: boolean }
  error: Error
}

/** A locator, a link of the table of contents, or a share of the whole book. */
export type Target =
  | Locator
  | { readonly href: string }
  | { readonly fraction: number; readonly type?: undefined }

export interface OpenOptions {
  /** Where to open; the first page without. */
  readonly locator?: Locator
  readonly style?: Partial<ReaderStyle>
}

/**
 * One open book on screen, whatever its format. Made by `createBookView`; `element` is put into the page before `open`.
 * Lifecycle: open once, destroy once; every other call in between. Calls on a destroyed view do nothing.
 */
export interface BookView {
  readonly element: HTMLElement
  readonly format: BookFormat
  readonly metadata: BookMetadata
  readonly toc: readonly TocItem[]
  /** Entries of the first toc level with their share of the book, for ticks on a progress bar. */
  readonly chapters: readonly { readonly label: string; readonly fraction: number }[]
  /** How pages follow: in `rtl` books the next page lies to the left. */
  readonly direction: 'ltr' | 'rtl'
  /** Lines run from top to bottom (Chinese, Japanese). Known once the first section has loaded. */
  readonly vertical: boolean
  /** Pages are pictures or fixed boxes: style and flow do not apply. */
  readonly fixedLayout: boolean
  readonly location: Location | undefined
  readonly style: ReaderStyle
  readonly canBack: boolean
  readonly canForward: boolean

  /** @throws ReaderError `reader.unsupported`, `reader.damaged`, `reader.protected` */
  open(source: Blob, options?: OpenOptions): Promise<void>
  destroy(): void

  next(): Promise<void>
  prev(): Promise<void>
  /** By screen side, as arrow keys and tap zones mean it. */
  goLeft(): Promise<void>
  goRight(): Promise<void>
  /** False when the target is not in this book. Remembered for `back`. */
  goTo(target: Target): Promise<boolean>
  back(): Promise<void>
  forward(): Promise<void>

  setStyle(style: Partial<ReaderStyle>): void
  /** Replaces all highlights, draws the visible ones at once, and resolves when each has been looked for. */
  setHighlights(highlights: readonly Highlight[]): Promise<readonly HighlightStatus[]>
  /** The highlights one can see now, in the order they were given. */
  highlightRects(): readonly HighlightRect[]
  /** Hits from the first page on; stops by `signal` or `limit`. */
  search(query: string, options?: SearchOptions): AsyncIterable<SearchHit>
  /** Outlines places, e.g. the hits of a search; an empty list clears. */
  setMarks(locators: readonly Locator[]): void
  clearSelection(): void
  /** The text of a passage, ruby readings left out; empty when the locator leads nowhere. */
  getText(locator: Locator): Promise<string>

  on<K extends keyof ViewEvents>(type: K, listener: (detail: ViewEvents[K]) => void): Unsubscribe
}
