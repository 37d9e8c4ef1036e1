import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TenantContext } from '../database/database.ts'
import { type Authenticator, bearerToken } from './authenticator.ts'
import type { ContractOperation } from './document.ts'
import { accessDenied, rateLimited } from './errors.ts'
import { addressKey, type RateLimiter, rateLimitHeaders } from './rate-limiter.ts'

export interface GuardPorts {
  readonly authenticator: Authenticator
  readonly rateLimiter: RateLimiter
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
  if (rateLimit?.by === 'ip') await spend(operation, ports.rateLimiter, addressKey(request.ip), reply)
  if (access.public) return undefined
  const context = await ports.authenticator.verify(bearerToken(request.headers.authorization))
  if (!access.roles.includes(context.role)) throw accessDenied()
  if (rateLimit?.by === 'account') await spend(operation, ports.rateLimiter, context.accountId, reply)
  return context
}

async function spend(
  operation: ContractOperation,
  limiter: RateLimiter,
  who: string,
  reply: FastifyReply,
): Promise<void> {
  const limit = operation.rateLimit
  if (!limit) return
  const allowance = await limiter.consume(`${operation.id}:${who}`, limit)
  reply.headers(rateLimitHeaders(limit, allowance))
  if (!allowance.allowed) throw rateLimited(Math.max(1, Math.ceil(allowance.resetMs / 1000)))
}
