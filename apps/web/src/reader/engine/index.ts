export type {
  BookFormat,
  BookMetadata,
  BookView,
  FootnoteDetail,
  Highlight,
  HighlightColor,
  HighlightRect,
  HighlightStatus,
  Location,
  OpenOptions,
  RelocateReason,
  ScreenRect,
  SearchHit,
  SearchOptions,
  SelectionDetail,
  Target,
  TocItem,
  ViewEvents,
} from './book-view.ts'
export { createBookView } from './create-book-view.ts'
export type { Unsubscribe } from './emitter.ts'
export { ReaderError, type ReaderErrorCode } from './errors.ts'
export type {
  Flow,
  ReaderStyle,
  ReaderTheme,
} from './style/reader-style.ts'
