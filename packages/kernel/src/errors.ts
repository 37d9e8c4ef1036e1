/** What an error carries besides code and message. */
export interface StoaErrorOptions {
  cause?: unknown
  /** Facts a client may act on, e.g. `{ current: … }` for a version conflict. Never secrets. */
  details?: Readonly<Record<string, unknown>>
}

/**
 * Base of every error that Stoa raises on purpose. `code` is stable and documented; the mapping to HTTP, gRPC or a
 * close code happens at the edge only. Subclasses live in the `errors.ts` of the package or capability that raises them.
 */
export class StoaError extends Error {
  override readonly name: string = 'StoaError'
  /** `area.cause`, e.g. `book.not_found`. */
  readonly code: string
  /** Facts a client may act on; they leave the server as `details` of a problem. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: string, message: string, options: StoaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details
  }
}

/** Whether `error` was raised on purpose, so that its `code` may be told. */
export function isStoaError(error: unknown): error is StoaError {
  return error instanceof StoaError
}
