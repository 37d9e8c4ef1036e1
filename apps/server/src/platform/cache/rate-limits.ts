/**
 * How often something may happen per key: `points` at once, coming back evenly over `perSeconds`. So the long-run rate is
 * `points / perSeconds`, and no moment allows more than `points` at once.
 */
export interface RateLimitRule {
  readonly points: number
  readonly perSeconds: number
}

/** Every limit, with its default; the configuration may replace the numbers. One line per limit, by area. */
export const rateLimitRules = {
  /** Any request, per account or address. */
  'http.request': { points: 600, perSeconds: 60 },
  /** Asking for a sign-in code, per e-mail address. Each one sends a mail. */
  'signin.code.address': { points: 5, perSeconds: 900 },
  /** Asking for a sign-in code, per client address. */
  'signin.code.ip': { points: 20, perSeconds: 900 },
  /** Trying a code, per e-mail address. */
  'signin.verify.address': { points: 10, perSeconds: 900 },
  /** Trying a code, a set-up token or an invitation, per client address. */
  'signin.verify.ip': { points: 30, perSeconds: 900 },
  /** Sign-in through others, per client address. */
  'signin.oauth.ip': { points: 30, perSeconds: 900 },
  /** Exchanging refresh tokens, per session. */
  'session.refresh': { points: 30, perSeconds: 60 },
  /** Inviting, per account. Each one may send a mail. */
  'invitation.create': { points: 50, perSeconds: 3600 },
  /** Starting uploads, per account. */
  'upload.create': { points: 3000, perSeconds: 3600 },
  /** Searching, per account. */
  'search.query': { points: 120, perSeconds: 60 },
} as const satisfies Record<string, RateLimitRule>

export type RateLimitName = keyof typeof rateLimitRules

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
  consume(name: RateLimitName, key: string, points?: number): Promise<RateLimitDecision>
}
