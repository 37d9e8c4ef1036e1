import { useCallback, useState } from 'react'
import type { Book } from '../../data/books.ts'

/** Books that were picked with Ctrl/⌘ or Shift; kept as they were seen, so that a menu can act on those out of sight. */
export function useSelection() {
  const [books, setBooks] = useState<ReadonlyMap<string, Book>>(new Map())
  const toggle = useCallback((book: Book) => {
    setBooks((before) => {
      const next = new Map(before)
      if (!next.delete(book.id)) next.set(book.id, book)
      return next
    })
  }, [])
  const clear = useCallback(() => setBooks(new Map()), [])
  return { books, toggle, clear }
}
