import { createHash } from 'node:crypto'
import type { Logger } from '@stoa/kernel'
import { CacheError } from '../errors.ts'
import {
  type RateLimit,
  type RateLimitDecision,
  type RateLimitName,
  type RateLimitRules,
  type RateLimits,
  resolveLimit,
} from '../rate-limits.ts'
import type { RedisConnection } from './connection.ts'
import { gcraScript } from './scripts.ts'

/** Limits that all processes share. While Redis is down each process counts for itself, and says so. */
export class RedisRateLimits implements RateLimits {
  readonly #redis: RedisConnection
  readonly #rules: RateLimitRules
  readonly #insurance: RateLimits
  readonly #log: Logger
  readonly #onFallback: (name: string) => void
  #insured = false

  constructor(options: {
    redis: RedisConnection
    rules: RateLimitRules
    /** Decides while Redis is down. */
    insurance: RateLimits
    log: Logger
    /** Called for every decision made without Redis: for a counter. */
    onFallback?: (name: string) => void
  }) {
    this.#redis = options.redis
    this.#rules = options.rules
    this.#insurance = options.insurance
    this.#log = options.log
    this.#onFallback = options.onFallback ?? (() => {})
  }

  async consume(limit: RateLimitName | RateLimit, key: string, points = 1): Promise<RateLimitDecision> {
    const rule = resolveLimit(this.#rules, limit)
    const args = [String(rule.points), String(rule.perSeconds * 1_000_000), String(points)]
    try {
      const decision = readDecision(
        await this.#redis.script(gcraScript, `rl:${rule.name}:${digest(key)}`, args),
      )
      this.#setInsured(false)
      return decision
    } catch (error) {
      if (!(error instanceof CacheError && error.code === 'cache.unavailable')) throw error
      this.#setInsured(true)
      this.#onFallback(rule.name)
      return this.#insurance.consume(limit, key, points)
    }
  }

  #setInsured(insured: boolean): void {
    if (this.#insured === insured) return
    this.#insured = insured
    if (insured)
      this.#log.warn({ action: 'rate_limits_local' }, 'Redis is down: each process limits by itself')
    else this.#log.info({ action: 'rate_limits_shared' })
  }
}

/** Keys hold addresses and names of people, of any length: the server needs to tell them apart only. */
const digest = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 24)

function readDecision(reply: unknown): RateLimitDecision {
  if (!Array.isArray(reply) || reply.length !== 3) throw new TypeError('unexpected reply of the limit script')
  const [allowed, remaining, resetMs] = reply.map(Number)
  return { allowed: allowed === 1, remaining: remaining ?? 0, resetMs: resetMs ?? 0 }
}
