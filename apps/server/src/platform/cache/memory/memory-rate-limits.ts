import type { Clock } from '@stoa/kernel'
import { gcra } from '../gcra.ts'
import {
  type RateLimit,
  type RateLimitDecision,
  type RateLimitName,
  type RateLimitRules,
  type RateLimits,
  resolveLimit,
} from '../rate-limits.ts'

const DEFAULT_MAX_KEYS = 100_000

/** Limits that count inside this process. The table is bounded, so that many strangers cannot fill the memory. */
export class MemoryRateLimits implements RateLimits {
  readonly #rules: RateLimitRules
  readonly #clock: Clock
  readonly #maxKeys: number
  /** When all points of a key are back, least recently used first. */
  readonly #fullAt = new Map<string, number>()

  constructor(options: {
    rules: RateLimitRules
    clock: Clock
    maxKeys?: number
  }) {
    this.#rules = options.rules
    this.#clock = options.clock
    this.#maxKeys = options.maxKeys ?? DEFAULT_MAX_KEYS
  }

  async consume(limit: RateLimitName | RateLimit, key: string, points = 1): Promise<RateLimitDecision> {
    const rule = resolveLimit(this.#rules, limit)
    const id = `${rule.name}:${key}`
    const { decision, fullAt } = gcra(rule, this.#fullAt.get(id), this.#clock.now(), points)
    this.#fullAt.delete(id)
    this.#fullAt.set(id, fullAt)
    for (const oldest of this.#fullAt.keys()) {
      if (this.#fullAt.size <= this.#maxKeys) break
      this.#fullAt.delete(oldest)
    }
    return decision
  }
}
