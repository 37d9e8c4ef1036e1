import { ReaderError } from '../errors.ts'
import type { FoliateBook } from './foliate-types.ts'

const BLANK = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title></head><body></body></html>'

/** A section that cannot be read becomes an empty page and an error, not a dead end between two chapters. */
export function guardSections(book: FoliateBook, failed: (error: ReaderError) => void): void {
  let blank: string | undefined
  for (const section of book.sections) {
    const { load } = section
    section.load = async () => {
      try {
        const source = await load?.call(section)
        if (source) return source
        throw new Error('The section has no content.')
      } catch (error) {
        failed(new ReaderError('reader.section_failed', 'A section of the book could not be read.', error))
        blank ??= URL.createObjectURL(new Blob([BLANK], { type: 'application/xhtml+xml' }))
        return blank
      }
    }
  }
}
