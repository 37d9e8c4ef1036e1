import type { BookFormat } from '../book-view.ts'
import { ReaderError } from '../errors.ts'
import { protectBook } from '../security/protect-book.ts'
import type { FoliateBook } from './foliate-types.ts'
import { openZip } from './zip-loader.ts'

/** Parses a book and puts the sanitiser in its way. @throws ReaderError */
export async function openBook(source: Blob, format: BookFormat): Promise<FoliateBook> {
  let book: FoliateBook
  try {
    book = await parse(new File([source], `book.${format}`), format)
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

/** Each format loads only its own parser. MOBI and FictionBook have one between them that looks at the file. */
async function parse(file: File, format: BookFormat): Promise<FoliateBook> {
  if (format === 'epub') {
    const [{ EPUB }, loader] = await Promise.all([import('foliate-js/epub.js'), openZip(file)])
    return new EPUB(loader).init()
  }
  if (format === 'cbz') {
    const [{ makeComicBook }, loader] = await Promise.all([import('foliate-js/comic-book.js'), openZip(file)])
    return makeComicBook(loader, file)
  }
  const { makeBook } = await import('foliate-js/view.js')
  return makeBook(file)
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
