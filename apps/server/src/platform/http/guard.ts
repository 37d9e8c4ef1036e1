import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientKey } from '../cache/client-key.ts'
import type { RateLimits } from '../cache/rate-limits.ts'
import type { TenantContext } from '../database/database.ts'
import { type Authenticator, bearerToken } from './authenticator.ts'
import type { ContractOperation } from './document.ts'
import { accessDenied, rateLimited } from './errors.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

export interface GuardPorts {
  readonly authenticator: Authenticator
  readonly rateLimits: RateLimits
}

/**
 * Who calls, whether they may, and whether not too often: asked before a byte of the body is read. Addresses are counted
 * before the token is looked at, accounts after.
 * @throws Problem 401, 403, 429
 */
export async function admit(
  operation: ContractOperation,
  ports: GuardPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<TenantContext | undefined> {
  const { access, rateLimit } = operation
  const address = clientKey(request.ip)
  if (rateLimit?.by === 'ip') await spend(operation, ports, address, reply)
  if (access.public) {
    await spendAny(operation, ports, address)
    return undefined
  }
  const context = await identify(operation, ports, request)
  await spendAny(operation, ports, context.accountId)
  if (!access.roles.includes(context.role)) throw accessDenied()
  if (rateLimit?.by === 'account') await spend(operation, ports, context.accountId, reply)
  return context
}

/** Who the token says is calling. Bad tokens count for the address they come from: trying them is not free. */
async function identify(
  operation: ContractOperation,
  ports: GuardPorts,
  request: FastifyRequest,
): Promise<TenantContext> {
  try {
    return await ports.authenticator.verify(bearerToken(request.headers.authorization))
  } catch (error) {
    await spendAny(operation, ports, clientKey(request.ip))
    throw error
  }
}

/** The limit that the contract declares for this operation. */
async function spend(
  operation: ContractOperation,
  { rateLimits }: GuardPorts,
  who: string,
  reply: FastifyReply,
): Promise<void> {
  if (!operation.rateLimit) return
  const { points, seconds } = operation.rateLimit
  const limit = { name: `operation.${operation.id}`, points, perSeconds: seconds }
  const decision = await rateLimits.consume(limit, who)
  reply.headers(rateLimitHeaders(limit, decision))
  if (!decision.allowed) throw rateLimited(decision.resetMs)
}

/** The limit on requests of any kind; health, metrics and files are not counted. */
async function spendAny(
  operation: ContractOperation,
  { rateLimits }: GuardPorts,
  who: string,
): Promise<void> {
  if (!operation.path.startsWith('/api/')) return
  const decision = await rateLimits.consume('http.request', who)
  if (!decision.allowed) throw rateLimited(decision.resetMs)
}
