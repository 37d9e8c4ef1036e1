import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type MailErrorCode =
  /** Not one plain e-mail address. */
  | 'mail.address_invalid'
  /** The mail server will not take this message, now or later. */
  | 'mail.refused'
  /** The mail server cannot be reached, is busy, or does not accept our password. Worth another try. */
  | 'mail.unavailable'

export class MailError extends StoaError {
  override readonly name = 'MailError'
  declare readonly code: MailErrorCode

  constructor(code: MailErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}
