import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database, TenantContext } from '../database/database.ts'
import { type ContractOperation, type OpenApiDocument, operationsOf } from './document.ts'
import { ContractMismatch, methodNotAllowed } from './errors.ts'
import { admit, type GuardPorts } from './guard.ts'
import { claimOf } from './idempotency.ts'
import type { OpenRequests } from './open-requests.ts'
import type { Operation } from './operation.ts'
import { type RawReply, type ReplySender, replySender } from './reply.ts'
import { ReplyFilter } from './reply-filter.ts'
import { connectionOf, createRequest } from './request.ts'
import { bodyOf, DEFAULT_MAX_BODY } from './request-body.ts'
import { type RawRequest, Validator, type ValidRequest } from './validator.ts'

export interface MountOptions extends GuardPorts {
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  readonly database: Database
  readonly openRequests: OpenRequests
  /** Scheme and host under which the world reaches us; without it, what each request says. */
  readonly publicUrl?: string | undefined
  /** Serve only the operations that have a handler. For tests of one capability; the program itself never does. */
  readonly partial?: boolean | undefined
  /** Refuse replies that break the contract, instead of trusting the types. For tests. */
  readonly validateReplies?: boolean | undefined
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: ContractOperation
  }
}

/** Serves every operation of the contract. @throws ContractMismatch when contract and handlers are not one to one */
export function mountContract(app: FastifyInstance, options: MountOptions): void {
  const contract = operationsOf(options.document)
  const handlers = matchHandlers(contract, options.operations, options.partial)
  const validator = new Validator(options.document)
  const filter = new ReplyFilter(options.document)
  for (const operation of contract) {
    const handler = handlers.get(operation.id)
    if (!handler) continue
    const validate = validator.request(operation)
    const send = replySender(operation, filter, options.validateReplies ? validator : undefined)
    mountOne(app, options, { operation, handler, validate, send })
  }
  refuseOtherMethods(app, contract)
}

/** RFC 9110 §15.5.6: an address that exists answers an unknown method with 405 and says which it knows. */
function refuseOtherMethods(app: FastifyInstance, contract: readonly ContractOperation[]): void {
  for (const [path, operations] of Map.groupBy(contract, (one) => one.path)) {
    const known: readonly string[] = operations.map((one) => one.method)
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter(
      (method) => !known.includes(method),
    )
    app.route({
      method: others,
      url: toRoute(path),
      exposeHeadRoute: false,
      onRequest: async (_, reply) => {
        reply.header('allow', (known.includes('GET') ? ['HEAD', ...known] : known).join(', '))
        throw methodNotAllowed()
      },
      handler: async () => undefined,
    })
  }
}

const toRoute = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

interface Mounted {
  readonly operation: ContractOperation
  readonly handler: Operation
  readonly validate: (raw: RawRequest) => ValidRequest
  readonly send: ReplySender
}

function mountOne(app: FastifyInstance, options: MountOptions, mounted: Mounted): void {
  const { operation } = mounted
  const callers = new WeakMap<FastifyRequest, TenantContext>()
  app.route({
    method: operation.method,
    url: toRoute(operation.path),
    config: { operation },
    bodyLimit: operation.maxBody ?? DEFAULT_MAX_BODY,
    exposeHeadRoute: operation.method === 'GET' && !isEndless(operation),
    onRequest: async (request, reply) => {
      const context = await admit(operation, options, request, reply)
      if (context) callers.set(request, context)
    },
    handler: async (request, reply) => {
      await answer(options, mounted, callers.get(request), request, reply)
      return reply
    },
  })
}

type Strings = Record<string, unknown>

async function answer(
  options: MountOptions,
  { operation, handler, validate, send }: Mounted,
  context: TenantContext | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { params, query, headers } = request as { params: Strings; query: Strings; headers: Strings }
  const input = validate({ params, query, headers, body: bodyOf(operation, request) })
  const signal = options.openRequests.track(reply, isEndless(operation))
  const result: RawReply = await handler.handle(
    createRequest(options.database, {
      input,
      context,
      connection: connectionOf(request, options.publicUrl),
      claim: claimOf(operation, idempotencyKey(request), input),
      signal,
      log: request.trace.log.child(
        context ? { tenant_id: context.tenantId, account_id: context.accountId } : {},
      ),
      onReplay: () => reply.header('idempotent-replayed', 'true'),
    }),
  )
  if (!operation.access.public && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  await send(reply, result, signal)
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  return Array.isArray(header) ? header.join(',') : header
}

function isEndless(operation: ContractOperation): boolean {
  return operation.replies.get(200)?.['text/event-stream'] !== undefined
}

/** Handlers by operation id. @throws ContractMismatch naming every operation without handler and the reverse */
export function matchHandlers(
  contract: readonly ContractOperation[],
  operations: readonly Operation[],
  partial = false,
): ReadonlyMap<string, Operation> {
  const known = new Set<string>(contract.map((one) => one.id))
  const handlers = new Map<string, Operation>()
  const faults: string[] = []
  for (const operation of operations) {
    if (!known.has(operation.id)) faults.push(`no contract for ${operation.id}`)
    if (handlers.has(operation.id)) faults.push(`two handlers for ${operation.id}`)
    handlers.set(operation.id, operation)
  }
  if (!partial) for (const id of known) if (!handlers.has(id)) faults.push(`no handler for ${id}`)
  if (faults.length > 0) throw new ContractMismatch(faults.join(', '))
  return handlers
}
