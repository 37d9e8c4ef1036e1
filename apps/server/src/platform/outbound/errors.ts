import { StoaError, type StoaErrorOptions } from '@stoa/kernel'

export type OutboundErrorCode =
  /** Not an address that we call: wrong scheme or port, or with a user name in it. */
  | 'outbound.url_refused'
  /** The host is, or resolves to, an address inside our own networks. */
  | 'outbound.address_refused'
  /** More than three hops, a hop that may not be followed, or one where none was wanted. */
  | 'outbound.redirect_refused'
  /** The answer was not complete in time. */
  | 'outbound.timeout'
  /** The answer is longer than allowed. */
  | 'outbound.too_large'
  /** No connection, no valid certificate, or it broke off. */
  | 'outbound.unreachable'
  /** The caller gave up. */
  | 'outbound.aborted'

export class OutboundError extends StoaError {
  override readonly name = 'OutboundError'
  declare readonly code: OutboundErrorCode

  constructor(code: OutboundErrorCode, message: string, options?: StoaErrorOptions) {
    super(code, message, options)
  }
}

/** The OutboundError inside an error of the HTTP client, which wraps what our connector throws. */
export function findOutboundError(error: unknown): OutboundError | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    if (current instanceof OutboundError) return current
    if (current instanceof AggregateError) return current.errors.map(findOutboundError).find(Boolean)
  }
  return undefined
}
