import { STATUS_CODES } from 'node:http'
import { isStoaError } from '@stoa/kernel'
import {
  bodyTooLarge,
  InvalidRequest,
  internalError,
  malformedBody,
  requestRefused,
  routeNotFound,
  unsupportedType,
} from './errors.ts'
import { Problem } from './problem.ts'

/** An RFC 9457 problem document. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly request_id: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
  readonly details?: Readonly<Record<string, unknown>>
}

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { status, code } = problem
  return {
    type: `urn:stoa:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: problem.message,
    request_id: requestId,
    ...(problem instanceof InvalidRequest ? { errors: problem.errors } : {}),
    ...(problem.details ? { details: problem.details } : {}),
  }
}

/** Statuses of errors that know nothing of HTTP, by their code. What stands nowhere here is our own fault: 500. */
export type StatusTable = Readonly<Record<string, number>>

/** What the transport raises before a handler is asked. */
function transportProblem(
  error: Error & { code?: unknown; statusCode?: unknown; limit?: unknown },
): Problem | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(Number(error.limit ?? 0))
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unsupportedType(['application/json'])
  if (error.code === 'FST_ERR_BAD_URL' || error.code === 'FST_ERR_ROUTE_MISSING_HANDLER')
    return routeNotFound()
  const status = Number(error.statusCode)
  if (status === 400) return malformedBody()
  // Paths that are no paths (`//`, `..`) are refused by the file server; to the world there is nothing.
  if (status === 403 || status === 404) return routeNotFound()
  return status > 400 && status < 500 ? requestRefused(status) : undefined
}

/** SQLSTATE class 22: a value that passed the contract and that a column cannot hold, e.g. a year beyond its range. */
function unstorable(error: Error & { code?: unknown }): Problem | undefined {
  if (typeof error.code !== 'string' || !/^22[0-9A-Z]{3}$/.test(error.code)) return undefined
  return new Problem(400, 'request.unstorable', 'A value is out of range or cannot be stored.', {
    cause: error,
  })
}

/** The problem to answer for anything thrown. Never says more than the error meant for people to see. */
export function toProblem(error: unknown, statuses: StatusTable): Problem {
  if (error instanceof Problem) return error
  if (isStoaError(error)) {
    const status = statuses[error.code]
    return status === undefined
      ? internalError()
      : new Problem(status, error.code, error.message, { cause: error })
  }
  if (!(error instanceof Error)) return internalError()
  return transportProblem(error) ?? unstorable(error) ?? internalError()
}
