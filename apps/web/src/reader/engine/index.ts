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
export {
  DEFAULT_STYLE,
  type Flow,
  mergeStyle,
  type ReaderStyle,
  type ReaderTheme,
} from './style/reader-style.ts'
