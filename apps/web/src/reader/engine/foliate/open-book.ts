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
  if (await isProtected(book)) {
    book.destroy?.()
    throw new ReaderError('reader.protected', 'The book is protected against copying.')
  }
  if (book.sections.length === 0)
    throw new ReaderError('reader.damaged', 'The book has no readable sections.')
  protectBook(book)
  return book
}

/** Fonts may be scrambled by either of two known ways; anything else encrypted is a lock that we neither have nor pick. */
const FONT_SCRAMBLING = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']

async function isProtected(book: FoliateBook): Promise<boolean> {
  if ((book.mobi?.headers?.palmdoc?.encryption ?? 0) > 0) return true
  // MOBI has a member of this name, too, which takes something else.
  const encryption = book.transformTarget && (await book.loadText?.('META-INF/encryption.xml'))
  if (!encryption) return false
  const methods = new DOMParser()
    .parseFromString(encryption, 'application/xml')
    .getElementsByTagNameNS('http://www.w3.org/2001/04/xmlenc#', 'EncryptionMethod')
  return Array.from(methods).some(
    (method) => !FONT_SCRAMBLING.includes(method.getAttribute('Algorithm') ?? ''),
  )
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
