import { ManualClock, silentLogger } from '@stoa/kernel'
import type { FastifyInstance } from 'fastify'
import { MemoryRateLimits } from '../../cache/memory/memory-rate-limits.ts'
import { rateLimitRules } from '../../cache/rate-limits.ts'
import type { Database, TenantContext, Tx } from '../../database/database.ts'
import type { Authenticator } from '../authenticator.ts'
import type { OpenApiDocument } from '../document.ts'
import { tokenExpired, tokenInvalid } from '../errors.ts'
import { type MountOptions, mountContract } from '../mount.ts'
import { OpenRequests } from '../open-requests.ts'
import type { Operation } from '../operation.ts'
import type { RawReply } from '../reply.ts'
import { createHttpServer, type HttpServerOptions } from '../server.ts'

const role = { type: 'string', enum: ['owner', 'admin', 'member', 'guest'] }
const book = {
  type: 'object',
  required: ['id', 'title'],
  properties: {
    id: { type: 'string' },
    title: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
  },
}
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const everyone = { 'x-access': { roles: ['owner', 'admin', 'member', 'guest'] } }

/** A small contract with one operation of each kind. */
export const document: OpenApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/open': {
      get: {
        operationId: 'getOpen',
        security: [],
        responses: { '200': json({ $ref: '#/components/schemas/Book' }) },
      },
    },
    '/books': {
      get: {
        operationId: 'listBooks',
        ...everyone,
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 10, default: 5 } },
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'If-Match', in: 'header', schema: { type: 'integer' } },
        ],
        responses: { '200': json({ type: 'array', items: { $ref: '#/components/schemas/Book' } }) },
      },
      post: {
        operationId: 'createBook',
        'x-access': { roles: ['owner', 'admin'] },
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/NewBook' }) },
        responses: { '201': json({ $ref: '#/components/schemas/Book' }) },
      },
    },
    '/books/{bookId}': {
      parameters: [
        { name: 'bookId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      ],
      delete: { operationId: 'deleteBook', ...everyone, responses: { '204': { description: 'gone' } } },
    },
    '/files': {
      put: {
        operationId: 'putFile',
        security: [],
        'x-max-body': 1000,
        requestBody: {
          required: true,
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        responses: {
          '200': {
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        },
      },
    },
    '/go': { get: { operationId: 'go', security: [], responses: { '302': { description: 'elsewhere' } } } },
    '/limited': {
      get: {
        operationId: 'getLimited',
        security: [],
        'x-rate-limit': { points: 2, seconds: 60, by: 'ip' },
        responses: { '200': json({ type: 'object', additionalProperties: true }) },
      },
    },
    '/stream': {
      get: {
        operationId: 'stream',
        ...everyone,
        responses: {
          '200': { content: { 'text/event-stream': { schema: { type: 'string', format: 'event-stream' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Book: book,
      NewBook: {
        type: 'object',
        additionalProperties: false,
        required: ['title'],
        properties: {
          title: { type: ['string', 'null'], maxLength: 20 },
          role,
          parent: { $ref: '#/components/schemas/NewBook' },
        },
      },
    },
  },
}

/** A handler for an operation that only the test's contract knows. */
export function handler(
  id: string,
  handle: (request: TestRequest) => Promise<RawReply> | RawReply,
): Operation {
  return { id, handle: async (request: TestRequest) => handle(request) } as unknown as Operation
}

export interface TestRequest {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly context: TenantContext
  readonly connection: { readonly ip: string; readonly baseUrl: string }
  readonly signal: AbortSignal
  write(run: (tx: Tx) => Promise<RawReply>): Promise<RawReply>
}

/** Tokens are `role` words: `owner`, `guest` …, or `expired`. */
export const roleTokens: Authenticator = {
  verify: async (token) => {
    if (token === 'expired') throw tokenExpired()
    if (!role.enum.includes(token)) throw tokenInvalid()
    return {
      tenantId: 't',
      accountId: `account-${token}`,
      sessionId: 's',
      role: token as TenantContext['role'],
    }
  },
}

const noDatabase = new Proxy({} as Database, {
  get: (_, name) => {
    throw new Error(`this test has no database (${String(name)})`)
  },
})

export interface TestServer {
  readonly app: FastifyInstance
  readonly openRequests: OpenRequests
}

/** A server of the small contract that answers with the given handlers. */
export async function serve(
  operations: readonly Operation[],
  overrides: Partial<MountOptions & HttpServerOptions> = {},
): Promise<TestServer> {
  const app = createHttpServer({
    log: silentLogger,
    trustedProxies: [],
    statuses: { 'blob.not_found': 404 },
    ...overrides,
  })
  const openRequests = new OpenRequests()
  mountContract(app, {
    document,
    operations,
    database: noDatabase,
    authenticator: roleTokens,
    rateLimits: new MemoryRateLimits({ rules: rateLimitRules, clock: new ManualClock() }),
    openRequests,
    partial: true,
    ...overrides,
  })
  await app.ready()
  return { app, openRequests }
}
