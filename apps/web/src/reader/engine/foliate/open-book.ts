import { makeBook } from 'foliate-js/view.js'
import type { BookFormat } from '../book-view.ts'
import { ReaderError } from '../errors.ts'
import { protectBook } from '../security/protect-book.ts'
import type { FoliateBook } from './foliate-types.ts'

/** Parses a book and puts the sanitiser in its way. @throws ReaderError */
export async function openBook(source: Blob, format: BookFormat): Promise<FoliateBook> {
  let book: FoliateBook
  try {
    book = await makeBook(new File([source], `book.${format}`))
  } catch (error) {
    throw readable(error)
  }
  if (book.sections.length === 0)
    throw new ReaderError('reader.damaged', 'The book has no readable sections.')
  protectBook(book)
  return book
}

function readable(error: unknown): ReaderError {
  const message = error instanceof Error ? error.message : String(error)
  if (/encrypt|drm/i.test(message)) {
    return new ReaderError('reader.protected', 'The book is protected against copying.', error)
  }
  if (/not supported|unsupported/i.test(message)) {
    return new ReaderError('reader.unsupported', 'The reader cannot open this kind of file.', error)
  }
  return new ReaderError('reader.damaged', 'The file is damaged or not what its name says.', error)
}
