import { StoaError } from '@stoa/kernel'

/** Why a book cannot be shown. The screen has a message for each. */
export type ReaderErrorCode =
  | 'reader.unsupported'
  | 'reader.damaged'
  | 'reader.protected'
  | 'reader.section_failed'

export class ReaderError extends StoaError {
  override readonly name = 'ReaderError'
  declare readonly code: ReaderErrorCode

  constructor(code: ReaderErrorCode, message: string, cause?: unknown) {
    super(code, message, { cause })
  }
}
