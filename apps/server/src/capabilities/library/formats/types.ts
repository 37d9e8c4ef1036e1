import type { Locator } from '@stoa/locators'

export type { EpubLocator, Locator, PdfLocator, Quad } from '@stoa/locators'

export type BookFormat = 'epub' | 'pdf' | 'mobi' | 'azw3' | 'fb2' | 'cbz' | 'txt' | 'markdown' | 'html'

/** The file as it was handed in. `name` is only a fallback for the title; the format is found in the content. */
export type BookFile =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array }

export interface Identifier {
  scheme: 'isbn' | 'uuid' | 'doi' | 'asin' | 'uri' | 'other'
  /** ISBN as 13 digits; the others as printed. */
  value: string
}

export interface BookCover {
  bytes: Uint8Array
  mediaType: string
}

export interface TocItem {
  title: string
  /** What foliate-js `goTo` takes: the path in the container with its fragment, or `filepos:`/`kindle:pos:` (MOBI). */
  href?: string
  /** The start of the section or page it leads to; absent for a heading that leads nowhere. */
  locator?: Locator
  children: TocItem[]
}

/** One item of the reading order. */
export interface BookSection {
  index: number
  /** Path inside the container; empty for formats without one. */
  href: string
  /** Uncompressed bytes of markup: the weight foliate-js gives the section in the book's progress. */
  bytes: number
  /** Characters of text, UTF-16 units, markup and runs of white space not counted. */
  characters: number
  title?: string
  /** False for material beside the reading order (EPUB `linear="no"`). */
  linear: boolean
}

/** Something odd that did not stop the book, e.g. `{ code: 'resource_damaged', params: { part: 'images/3.png' } }`. */
export interface BookWarning {
  code: BookWarningCode
  params: Readonly<Record<string, string | number>>
}

export type BookWarningCode =
  | 'metadata_missing'
  | 'mimetype_missing'
  | 'mislabelled'
  | 'resource_damaged'
  | 'resource_missing'
  | 'section_not_utf8'
  | 'toc_missing'
  | 'cover_unreadable'
  /** Pages without a text layer, as of a scan. */
  | 'no_text'
  | 'trailing_bytes'

export interface BookAnalysis {
  format: BookFormat
  mediaType: string
  /** `original`: the browser opens the stored bytes; `edition`: it opens what `readingEdition` makes of them. */
  opens: 'original' | 'edition'
  title: string
  subtitle?: string
  authors: string[]
  /** BCP 47. */
  language?: string
  identifiers: Identifier[]
  publisher?: string
  /** As printed, at best an ISO 8601 date of any precision. */
  published?: string
  /** Plain text. */
  description?: string
  series?: { name: string; index?: number }
  subjects: string[]
  direction: 'ltr' | 'rtl'
  verticalWriting: boolean
  fixedLayout: boolean
  cover?: BookCover
  toc: TocItem[]
  sections: BookSection[]
  /** Fixed pages: PDF and CBZ. */
  pageCount?: number
  /** PDF page labels (`iv`, `12`), one per page, where the file defines them. */
  pageLabels?: string[]
  /** Sum over sections. */
  characters: number
  warnings: BookWarning[]
}

export type PassageKind = 'text' | 'verse' | 'list' | 'table' | 'code' | 'footnote' | 'heading'

/** A stretch of text small enough to cite and large enough to mean something. It never crosses a heading. */
export interface Passage {
  /** 0, 1, 2 … through the book. */
  ord: number
  kind: PassageKind
  /** Titles from the book's part down to the nearest heading. */
  sectionPath: string[]
  sectionIndex: number
  text: string
  /** Up to 32 characters of the same section before and after, white space collapsed. */
  prefix: string
  suffix: string
  /**
   * Of the passage from its first to its last character, with `fraction` and, in reflowable books, `sectionIndex`. PDF
   * offsets count in the page's text: all text items of pdf.js in order, each followed by a newline where it says `hasEOL`.
   */
  locator: Locator
  /** Primary language subtag. */
  language: string
  /** Words; in Han, Kana and Thai script: characters. */
  words: number
}
