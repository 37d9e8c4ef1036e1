/**
 * How often something may happen per key: `points` at once, coming back evenly over `perSeconds`. So the long-run rate is
 * `points / perSeconds`, and no moment allows more than `points` at once.
 */
export interface RateLimitRule {
  readonly points: number
  readonly perSeconds: number
}

/** A limit of its own making, e.g. one that a contract declares. The name keeps its counts apart from others'. */
export interface RateLimit extends RateLimitRule {
  readonly name: string
}

/**
 * The limits that are not in a contract, with their defaults; the configuration may replace the numbers. What a contract
 * declares (`x-rate-limit`) counts requests by account or client address; these count by what a request is about.
 */
export const rateLimitRules = {
  /** Any request, per account or address. */
  'http.request': { points: 600, perSeconds: 60 },
  /** Asking for a sign-in code, per e-mail address: each one sends a mail. */
  'signin.code.address': { points: 5, perSeconds: 900 },
  /** Trying a sign-in code, per e-mail address. */
  'signin.verify.address': { points: 10, perSeconds: 900 },
  /** Mails to one address, of every kind. */
  'mail.address': { points: 30, perSeconds: 3600 },
} as const satisfies Record<string, RateLimitRule>

export type RateLimitName = keyof typeof rateLimitRules
export type RateLimitRules = Readonly<Record<RateLimitName, RateLimitRule>>

/** The limit that a name stands for under these rules. */
export function resolveLimit(rules: RateLimitRules, limit: RateLimitName | RateLimit): RateLimit {
  return typeof limit === 'string' ? { name: limit, ...rules[limit] } : limit
}

export interface RateLimitDecision {
  readonly allowed: boolean
  /** Whole points left now. */
  readonly remaining: number
  /** Refused: milliseconds until the same call would be allowed. Allowed: milliseconds until all points are back. */
  readonly resetMs: number
}

/** Rate limiting. Every adapter passes `rate-limits.acceptance.ts`. Never throws because a server is down. */
export interface RateLimits {
  /**
   * Takes `points` (default 1) from what `key` may use; a refused call takes nothing. A call for more points than the rule
   * has is always refused.
   */
  consume(limit: RateLimitName | RateLimit, key: string, points?: number): Promise<RateLimitDecision>
}
