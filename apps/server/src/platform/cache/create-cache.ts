import type { Clock, Logger, Service } from '@stoa/kernel'
import type { Cache } from './cache.ts'
import { MemoryCache } from './memory/memory-cache.ts'
import { MemoryRateLimits } from './memory/memory-rate-limits.ts'
import { type RateLimitName, type RateLimitRule, type RateLimits, rateLimitRules } from './rate-limits.ts'

export type CacheConfig =
  | { readonly kind: 'memory'; readonly maxBytes?: number; readonly rateLimits?: RateLimitOverrides }
  | {
      readonly kind: 'redis'
      readonly url: string
      readonly keyPrefix: string
      readonly rateLimits?: RateLimitOverrides
    }

export type RateLimitOverrides = Readonly<Partial<Record<RateLimitName, RateLimitRule>>>

export interface CacheParts {
  readonly cache: Cache
  readonly rateLimits: RateLimits
  /** What has to be started before use and stopped after; empty for memory. */
  readonly services: readonly Service[]
}

export interface CacheDeps {
  readonly clock: Clock
  readonly log: Logger
  /** Redis came up or went down. */
  readonly onRedisState?: (up: boolean) => void
  /** A limit was decided without Redis. */
  readonly onRateLimitFallback?: (name: string) => void
}

/**
 * The cache and the rate limits that the configuration asks for. For the composition root; others get the ports. The Redis
 * client is loaded only where it is used.
 */
export async function createCache(config: CacheConfig, deps: CacheDeps): Promise<CacheParts> {
  const rules = { ...rateLimitRules, ...config.rateLimits }
  const local = new MemoryRateLimits({ rules, clock: deps.clock })
  if (config.kind === 'memory') {
    const bounds = config.maxBytes === undefined ? {} : { maxBytes: config.maxBytes }
    return { cache: new MemoryCache({ clock: deps.clock, ...bounds }), rateLimits: local, services: [] }
  }
  const [{ RedisConnection }, { RedisCache }, { RedisRateLimits }] = await Promise.all([
    import('./redis/connection.ts'),
    import('./redis/redis-cache.ts'),
    import('./redis/redis-rate-limits.ts'),
  ])
  const { onRedisState: onState, onRateLimitFallback: onFallback } = deps
  const redis = new RedisConnection({
    url: config.url,
    keyPrefix: config.keyPrefix,
    log: deps.log,
    ...(onState ? { onState } : {}),
  })
  const rateLimits = new RedisRateLimits({
    redis,
    rules,
    insurance: local,
    log: deps.log,
    ...(onFallback ? { onFallback } : {}),
  })
  return { cache: new RedisCache(redis), rateLimits, services: [redis] }
}
