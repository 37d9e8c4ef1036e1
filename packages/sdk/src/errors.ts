import type { components } from '@stoa/contracts'

/** A problem document (RFC 9457) as the contract declares it. */
export type Problem = components['schemas']['Problem']

/** The server answered with a problem (RFC 9457). `code` is stable; `detail` is English, for logs rather than for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  /** What is wrong with the request, one entry per fault. */
  readonly errors: NonNullable<Problem['errors']>
  /** Facts to act on, e.g. `current` after a version conflict. */
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** Seconds to wait before trying again, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title)
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.errors = problem.errors ?? []
    this.details = problem.details ?? {}
    this.requestId = problem.request_id
    this.retryAfter = retryAfter
  }
}

/** The server could not be reached. Whether the request arrived is not known: repeat it with the same idempotency key. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly code = 'connection.failed'
}

/** The error of a reply that is no success, whatever its body is. */
export function errorOf(response: Response, body: unknown): ApiError {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiError(
    isProblem(body) ? body : unnamed(response),
    Number.isFinite(seconds) ? seconds : undefined,
  )
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'title' in body
}

/** Something between us and the server answered, e.g. a proxy. */
function unnamed(response: Response): Problem {
  return {
    type: 'about:blank',
    title: response.statusText || 'Error',
    status: response.status,
    code: 'http.unexpected',
    request_id: response.headers.get('x-request-id') ?? '',
  }
}
