import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from './document.ts'

/** What is left for a key after this request. */
export interface Allowance {
  readonly allowed: boolean
  readonly remaining: number
  /** Milliseconds until the window starts anew. */
  readonly resetMs: number
}

/** Counts requests per key in fixed windows. */
export interface RateLimiter {
  consume(key: string, limit: Pick<RateLimit, 'points' | 'seconds'>): Promise<Allowance>
}

/** For one process; lost on restart. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #limiters = new Map<string, RateLimiterMemory>()

  async consume(key: string, limit: Pick<RateLimit, 'points' | 'seconds'>): Promise<Allowance> {
    const name = `${limit.points}/${limit.seconds}`
    let limiter = this.#limiters.get(name)
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: limit.points, duration: limit.seconds })
      this.#limiters.set(name, limiter)
    }
    try {
      const { remainingPoints, msBeforeNext } = await limiter.consume(key)
      return { allowed: true, remaining: remainingPoints, resetMs: msBeforeNext }
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      return { allowed: false, remaining: 0, resetMs: refused.msBeforeNext }
    }
  }
}

/** What stands for a caller's address: IPv4 as it is, IPv6 by its /64, since one host owns a whole /64. */
export function addressKey(ip: string): string {
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4' || !isIPv6(ip)) return address.toString()
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

/** `RateLimit-Policy` and `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers). */
export function rateLimitHeaders(limit: RateLimit, allowance: Allowance): Record<string, string> {
  const resetSeconds = Math.ceil(allowance.resetMs / 1000)
  return {
    'ratelimit-policy': `"default";q=${limit.points};w=${limit.seconds}`,
    ratelimit: `"default";r=${allowance.remaining};t=${resetSeconds}`,
    ...(allowance.allowed ? {} : { 'retry-after': String(Math.max(1, resetSeconds)) }),
  }
}
