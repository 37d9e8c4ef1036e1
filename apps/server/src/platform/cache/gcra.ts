import type { RateLimitDecision, RateLimitRule } from './rate-limits.ts'

/**
 * The generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): one number per key, the moment at which all its
 * points are back (`fullAt`, ms). Pure; `redis/gcra.lua.ts` does the same steps inside Redis.
 */
export function gcra(
  rule: RateLimitRule,
  fullAt: number | undefined,
  now: number,
  points: number,
): { decision: RateLimitDecision; fullAt: number } {
  const perPoint = (rule.perSeconds * 1000) / rule.points
  const window = rule.perSeconds * 1000
  const before = Math.max(fullAt ?? now, now)
  const after = before + points * perPoint
  const excess = after - now - window
  // A hair of tolerance: the sums of fractions must not refuse the last point.
  const allowed = excess <= 1e-6
  const kept = allowed ? after : before
  const remaining = Math.max(0, Math.floor((window - (kept - now)) / perPoint + 1e-6))
  return { decision: { allowed, remaining, resetMs: Math.ceil(allowed ? kept - now : excess) }, fullAt: kept }
}
