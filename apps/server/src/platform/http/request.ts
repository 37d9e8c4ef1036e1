import type { Logger } from '@stoa/kernel'
import type { FastifyRequest } from 'fastify'
import type { Database, TenantContext } from '../database/database.ts'
import { ContractMismatch } from './errors.ts'
import type { IdempotencyClaim } from './idempotency.store.ts'
import { once } from './idempotency.ts'
import type { Connection, OperationId, Reply, Request } from './operation.ts'
import type { ValidRequest } from './validator.ts'

export interface RequestParts {
  readonly input: ValidRequest
  /** Absent on public operations. */
  readonly context: TenantContext | undefined
  readonly connection: Connection
  readonly claim: IdempotencyClaim | undefined
  readonly signal: AbortSignal
  readonly log: Logger
  /** Called when a stored reply is sent again. */
  readonly onReplay: () => void
}

/** What a handler gets: validated input, its caller, and transactions that already know both. */
export function createRequest<Op extends OperationId>(database: Database, parts: RequestParts): Request<Op> {
  const { input, context, connection, claim, signal, log } = parts
  let writes = 0
  const request = {
    ...input,
    connection,
    signal,
    log,
    get context() {
      if (!context)
        throw new ContractMismatch('A public operation has no caller: it must not ask for the context.')
      return context
    },
    read: <T>(run: Parameters<typeof database.tenantRead<T>>[1]) =>
      context ? database.tenantRead(context, run) : database.account(null, run),
    write: async (run: Parameters<typeof database.tenant<Reply<Op>>>[1]) => {
      writes += 1
      if (!context) return await database.account(null, run)
      if (!claim) return await database.tenant(context, run)
      if (writes > 1)
        throw new ContractMismatch('One request writes once: its Idempotency-Key covers one transaction.')
      const { reply, replayed } = await database.tenant(context, (tx) => once(tx, claim, run))
      if (replayed) parts.onReplay()
      return reply
    },
  }
  return request as unknown as Request<Op>
}

export function connectionOf(request: FastifyRequest, publicUrl: string | undefined): Connection {
  return {
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 512) ?? '',
    origin: request.headers.origin,
    fetchSite: request.headers['sec-fetch-site']?.toString(),
    baseUrl: publicUrl ?? `${request.protocol}://${request.host}`,
    cookies: request.cookies,
  }
}
