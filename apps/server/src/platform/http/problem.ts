import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

/** An error with the HTTP status its contract declares. Serialised as an RFC 9457 problem document. */
export class Problem extends StoaError {
  override readonly name = 'Problem'
  readonly status: number

  constructor(status: number, code: string, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
    this.status = status
  }
}

export const notFound = (what: string): Problem =>
  new Problem(404, `${what}.not_found`, `There is no such ${what.replaceAll('_', ' ')}.`)

/** Two people changed the same thing: `current` is what is stored now, so that the client can show both sides. */
export const versionConflict = (current: Readonly<Record<string, unknown>>): Problem =>
  new Problem(409, 'version.conflict', 'It was changed elsewhere in the meantime.', { details: { current } })
