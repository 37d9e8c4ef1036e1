import { StoaError } from '@stoa/kernel'

/** Every code this package raises. */
export type LocatorErrorCode =
  /** Not an EPUB CFI: malformed, too long, or pointing where the document has nothing. */
  | 'locator.invalid_cfi'
  /** A page, offsets or quads that no PDF page can have. */
  | 'locator.invalid_pdf'
  /** A span that is empty or outside the text. */
  | 'locator.invalid_quote'
  /** Neither an EPUB nor a PDF locator, or selectors of which none names a passage. */
  | 'locator.invalid_locator'
  /** A node or range that is in no document. */
  | 'locator.detached_node'

/** A locator, quote or selector that cannot mean a place in a book. */
export class LocatorError extends StoaError {
  override readonly name = 'LocatorError'
  declare readonly code: LocatorErrorCode

  constructor(code: LocatorErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(code, message, details === undefined ? {} : { details })
  }
}
