import { Problem } from './problem.ts'

/** One fault in a request: where (a JSON pointer in a URI fragment, RFC 6901 §6) and what. */
export interface Fault {
  readonly pointer: string
  readonly message: string
}

/** The request does not match its contract. */
export class InvalidRequest extends Problem {
  readonly errors: readonly Fault[]

  constructor(errors: readonly Fault[]) {
    super(400, 'request.invalid', 'The request does not match its contract.')
    this.errors = errors
  }
}

/** A contract and the handlers given for it disagree: a mistake in the program, found at start. */
export class ContractMismatch extends Error {
  override readonly name = 'ContractMismatch'
}

export const malformedBody = (): Problem =>
  new Problem(400, 'request.malformed', 'The body is not valid JSON.')
export const bodyTooLarge = (limit: number): Problem =>
  new Problem(413, 'request.too_large', `The body is larger than ${limit} bytes.`)
export const unsupportedType = (accepted: readonly string[]): Problem =>
  new Problem(415, 'request.unsupported_type', `The body must be ${accepted.join(' or ')}.`)
export const requestRefused = (status: number): Problem =>
  new Problem(status, 'request.refused', 'The request cannot be read.')
export const routeNotFound = (): Problem => new Problem(404, 'route.not_found', 'Nothing is served here.')
export const methodNotAllowed = (): Problem =>
  new Problem(405, 'route.method_not_allowed', 'This address does not answer that method.')

export const tokenMissing = (): Problem => new Problem(401, 'token.missing', 'Sign in first.')
export const tokenExpired = (): Problem => new Problem(401, 'token.expired', 'The access token has expired.')
export const tokenInvalid = (): Problem => new Problem(401, 'token.invalid', 'The access token is not valid.')
export const accessDenied = (): Problem =>
  new Problem(403, 'access.denied', 'Your role in this organisation does not allow this.')

/** Says when to come back, also as `Retry-After`. */
export class RateLimited extends Problem {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super(429, 'rate_limit.exceeded', `Too many requests. Try again in ${retryAfterSeconds} s.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const rateLimited = (resetMs: number): Problem =>
  new RateLimited(Math.max(1, Math.ceil(resetMs / 1000)))

export const idempotencyMismatch = (): Problem =>
  new Problem(422, 'idempotency.mismatch', 'This Idempotency-Key was used for a different request.')
export const idempotencyInProgress = (): Problem =>
  new Problem(409, 'idempotency.in_progress', 'A request with this Idempotency-Key is still running.')

/** The fault is ours. What it was stands in the log under the request id, never in the reply. */
export const internalError = (): Problem =>
  new Problem(500, 'internal.error', 'Something went wrong on the server. The log has the details.')
