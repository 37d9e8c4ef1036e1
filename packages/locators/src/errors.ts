import { StoaError } from '@stoa/kernel'

export type LocatorErrorCode =
  | 'locator.invalid_cfi'
  | 'locator.invalid_pdf'
  | 'locator.invalid_quote'
  | 'locator.invalid_locator'
  | 'locator.detached_node'

/** A locator, quote or selector that cannot mean a place in a book. */
export class LocatorError extends StoaError {
  override readonly name = 'LocatorError'
  declare readonly code: LocatorErrorCode

  constructor(code: LocatorErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(code, message, details === undefined ? {} : { details })
  }
}
