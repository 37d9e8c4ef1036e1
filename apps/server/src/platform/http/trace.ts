import { randomBytes } from 'node:crypto'
import { type Logger, uuidv7 } from '@stoa/kernel'
import type { FastifyRequest } from 'fastify'

/** What ties together everything that is logged about one request. */
export interface RequestTrace {
  /** Ours, or the caller's `X-Request-Id` where it is a plain word. */
  readonly id: string
  /** W3C Trace Context: 32 hexadecimal digits. */
  readonly traceId: string
  readonly startedAt: number
  readonly log: Logger
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: RequestTrace
  }
}

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-|$)/

/** Trace id of a `traceparent` header (W3C Trace Context §3.2), or a new one. */
export function traceIdOf(traceparent: unknown): string {
  const match = TRACEPARENT.exec(String(traceparent))
  const given = match?.[1]
  return given !== undefined && !/^0+$/.test(given) ? given : randomBytes(16).toString('hex')
}

/** A `traceparent` header as it may be passed on; `undefined` where it is none. */
export function traceparentOf(header: unknown): string | undefined {
  return typeof header === 'string' && TRACEPARENT.test(header) ? header.slice(0, 55) : undefined
}

export function requestIdOf(header: unknown): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : uuidv7()
}

export function traceOf(request: FastifyRequest, log: Logger): RequestTrace {
  const id = requestIdOf(request.headers['x-request-id'])
  const traceId = traceIdOf(request.headers.traceparent)
  return { id, traceId, startedAt: performance.now(), log: log.child({ request_id: id, trace_id: traceId }) }
}
