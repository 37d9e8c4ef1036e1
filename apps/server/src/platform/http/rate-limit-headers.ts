import type { RateLimitDecision, RateLimitRule } from '../cache/rate-limits.ts'

/** `RateLimit-Policy` and `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers). */
export function rateLimitHeaders(rule: RateLimitRule, decision: RateLimitDecision): Record<string, string> {
  return {
    'ratelimit-policy': `"default";q=${rule.points};w=${rule.perSeconds}`,
    ratelimit: `"default";r=${decision.remaining};t=${Math.ceil(decision.resetMs / 1000)}`,
  }
}
