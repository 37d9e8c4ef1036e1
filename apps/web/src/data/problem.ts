import type { components } from '@stoa/contracts'

export type Problem = components['schemas']['Problem']

/** The server answered with an RFC 9457 problem. `code` is stable; `detail` is English and for logs only. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly problem: Problem
  /** Seconds to wait before trying again, from `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title)
    this.status = problem.status
    this.code = problem.code
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** The server could not be reached. Nothing is known about whether the request arrived. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'
}

/** The error of an answer that is not a success, whatever its body is. */
export function errorOf(response: Response, body: unknown): ApiError {
  const after = Number(response.headers.get('retry-after'))
  return new ApiError(
    isProblem(body) ? body : unnamed(response),
    Number.isFinite(after) && after > 0 ? after : undefined,
  )
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body
}

const unnamed = (response: Response): Problem => ({
  type: 'about:blank',
  title: response.statusText || 'Error',
  status: response.status,
  code: 'http.unexpected',
  request_id: response.headers.get('x-request-id') ?? '',
})
