import { library as t } from '@stoa/ui/messages/library'
import type { BookFilter, BookSort } from '../../data/books.ts'

/** What the address of the library says: `/library?view=reading&q=…`. Everything is optional. */
export interface LibrarySearch {
  view?: LibraryView
  shelf?: string
  q?: string
  sort?: BookSort
  format?: Format
  language?: string
}

export const VIEWS = ['all', 'reading', 'to_read', 'finished', 'trash'] as const
export type LibraryView = (typeof VIEWS)[number]

export const SORTS = ['recently_read', 'recently_added', 'title', 'author', 'progress'] as const
export const FORMATS = ['epub', 'pdf', 'mobi', 'azw3', 'fb2', 'cbz', 'txt', 'markdown', 'html'] as const
export type Format = (typeof FORMATS)[number]

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((known) => known === value)

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined

/** Reads an address that anybody may have typed; what makes no sense is left out. */
export function readSearch(raw: Record<string, unknown>): LibrarySearch {
  const read: { [Key in keyof LibrarySearch]: LibrarySearch[Key] | undefined } = {
    view: oneOf(VIEWS, raw.view),
    shelf: text(raw.shelf),
    q: text(raw.q),
    sort: oneOf(SORTS, raw.sort),
    format: oneOf(FORMATS, raw.format),
    language: text(raw.language),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** The server's filter for what the address asks. */
export function filterFor(search: LibrarySearch): BookFilter {
  const { view = 'all', shelf, q, format, language } = search
  return {
    sort: search.sort ?? defaultSort(search),
    ...(view === 'trash' ? { trashed: true } : {}),
    ...(view === 'reading' || view === 'to_read' || view === 'finished' ? { status: view } : {}),
    ...(shelf !== undefined && { shelf_id: shelf }),
    ...(q !== undefined && { query: q }),
    ...(format !== undefined && { format: [format] }),
    ...(language !== undefined && { language }),
  }
}

/** What one is in the middle of comes first; a shelf stands by title. */
export function defaultSort({ view = 'all', shelf }: LibrarySearch): BookSort {
  if (shelf !== undefined) return 'title'
  return view === 'trash' ? 'recently_added' : 'recently_read'
}

export const sortName: Readonly<Record<BookSort, () => string>> = {
  recently_read: t.sortRecentlyRead,
  recently_added: t.sortRecentlyAdded,
  title: t.sortTitle,
  author: t.sortAuthor,
  progress: t.sortProgress,
}

export const viewName: Readonly<Record<LibraryView, () => string>> = {
  all: t.all,
  reading: t.reading,
  to_read: t.toRead,
  finished: t.finished,
  trash: t.trash,
}
