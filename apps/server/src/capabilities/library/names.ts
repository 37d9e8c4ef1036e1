import { nameWords } from './name-words.ts'
import { authorKey, sortKey } from './sort-key.ts'
import type { BookChanges, BookRow } from './store/books.ts'

/** Everything that follows from the names of a book: its places in sorted lists and the words it is found by. */
export function namesOf(book: Pick<BookRow, 'title' | 'subtitle' | 'authors' | 'series'>): BookChanges {
  return {
    title_key: sortKey(book.title),
    author_key: authorKey(book.authors),
    name_words: nameWords(book.title, book.subtitle, book.series, ...book.authors),
  }
}
