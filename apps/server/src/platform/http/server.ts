import cookie from '@fastify/cookie'
import type { Logger } from '@stoa/kernel'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { RateLimited, routeNotFound } from './errors.ts'
import type { OperationId } from './operation.ts'
import type { Problem } from './problem.ts'
import { problemBody, type StatusTable, toProblem } from './problem-reply.ts'
import { acceptBodies, DEFAULT_MAX_BODY } from './request-body.ts'
import { securityHeaders } from './security-headers.ts'
import { traceOf } from './trace.ts'

/** What happened to one request, for metrics. */
export interface Observed {
  readonly operation: OperationId | 'app'
  readonly method: string
  readonly status: number
  readonly seconds: number
}

export interface HttpServerOptions {
  readonly log: Logger
  /** Addresses or CIDR blocks whose `X-Forwarded-*` headers are believed; nobody else's are. */
  readonly trustedProxies: readonly string[]
  readonly publicUrl?: string | undefined
  readonly statuses: StatusTable
  readonly observe?: (request: Observed) => void
  /** Answers addresses that nothing else answers; a 404 problem without it. */
  readonly notFound?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

/** What machines ask again and again. */
const QUIET = new Set<Observed['operation']>(['app', 'getHealth', 'getReadiness', 'getMetrics', 'getBlob'])

/** A Fastify with our habits: traced, logged, with security headers and problem documents for whatever goes wrong. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: DEFAULT_MAX_BODY,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    keepAliveTimeout: 65_000,
    requestTimeout: 30 * 60_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answerProblem(options, error, request, reply as FastifyReply),
  })
  acceptBodies(app)
  app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    begin(options, request, reply)
  })
  app.addHook('onResponse', async (request, reply) => {
    finish(options, request, reply)
  })
  app.setErrorHandler((error, request, reply) => answerProblem(options, error, request, reply))
  app.setNotFoundHandler(options.notFound ?? nothingHere)
  return app
}

async function nothingHere(): Promise<never> {
  throw routeNotFound()
}

function begin(options: HttpServerOptions, request: FastifyRequest, reply: FastifyReply): void {
  request.trace = traceOf(request, options.log)
  const https = request.protocol === 'https' || options.publicUrl?.startsWith('https:') === true
  reply.headers({ ...securityHeaders(https), 'x-request-id': request.trace.id })
}

function finish(options: HttpServerOptions, request: FastifyRequest, reply: FastifyReply): void {
  const operation = request.routeOptions.config.operation?.id ?? 'app'
  const { statusCode: status } = reply
  const seconds = (performance.now() - request.trace.startedAt) / 1000
  options.observe?.({ operation, method: request.method, status, seconds })
  const quiet = QUIET.has(operation) && status < 500
  const level = status >= 500 ? 'error' : quiet ? 'debug' : 'info'
  request.trace.log[level]({
    action: 'http_request',
    operation,
    method: request.method,
    path: request.url.split('?', 1)[0],
    status,
    ms: Math.round(seconds * 1e4) / 10,
    ip: request.ip,
  })
}

function answerProblem(
  options: HttpServerOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  request.trace ??= traceOf(request, options.log)
  const problem = toProblem(error, options.statuses)
  if (problem.status >= 500) {
    request.trace.log.error({ action: 'http_failure', code: problem.code, error })
  }
  void reply
    .code(problem.status)
    .headers({
      ...challenge(problem),
      'cache-control': 'no-store',
      'content-type': 'application/problem+json; charset=utf-8',
    })
    .send(JSON.stringify(problemBody(problem, request.trace.id)))
}

/** RFC 9110 §11.6.1: a 401 says how to sign in; §10.2.3: a 429 says when to come back. */
function challenge(problem: Problem): Record<string, string> {
  const wait =
    problem instanceof RateLimited ? problem.retryAfterSeconds : problem.details?.retry_after_seconds
  if (problem.status === 429 && typeof wait === 'number') return { 'retry-after': String(wait) }
  if (problem.status !== 401) return {}
  const reason = problem.code === 'token.missing' ? '' : ', error="invalid_token"'
  return { 'www-authenticate': `Bearer realm="stoa"${reason}` }
}
