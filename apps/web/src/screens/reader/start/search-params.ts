/** What a link to a book may name. */
export interface ReaderSearch {
  cfi?: string
  /** Counted from 1. */
  page?: number
  highlight?: string
  q?: string
  /** The room that is open beside the book. */
  room?: string
  /** The document that is open beside the book. */
  document?: string
}

const text = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest ? value : undefined

/** Keeps what makes sense and drops the rest: a mistyped link still opens the book. */
export function validateReaderSearch(search: Record<string, unknown>): ReaderSearch {
  const cfi = text(search.cfi, 2000)
  const highlight = text(search.highlight, 64)
  // The router reads a query of digits as a number.
  const q = text(typeof search.q === 'number' ? String(search.q) : search.q, 500)
  const room = text(search.room, 64)
  const document = text(search.document, 64)
  const page = Number(search.page)
  return {
    ...(cfi?.startsWith('epubcfi(') && { cfi }),
    ...(Number.isInteger(page) && page >= 1 && { page }),
    ...(highlight && { highlight }),
    ...(q && { q }),
    ...(room && { room }),
    ...(document && { document }),
  }
}
