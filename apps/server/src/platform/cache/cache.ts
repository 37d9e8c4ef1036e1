/**
 * Short-lived values that may be lost at any time. Every adapter passes `cache.acceptance.ts`. When the cache server does
 * not answer, `get` finds nothing and `set` does nothing, so that only speed suffers; `delete` and `increment` throw.
 */
export interface Cache {
  /** `undefined` when absent or past its time. */
  get(key: string): Promise<string | undefined>
  /** Replaces. Gone after `ttlSeconds`, or earlier when space is needed. */
  set(key: string, value: string, options: { ttlSeconds: number }): Promise<void>
  /** @throws CacheError `cache.unavailable`: the old value may live until its time ends. */
  delete(key: string): Promise<void>
  /**
   * Adds `by` (default 1) to a counter, which begins at 0 and ends `ttlSeconds` after its first increment. Atomic among
   * all processes. @returns the new value. @throws CacheError `cache.unavailable`, `cache.not_a_number`
   */
  increment(key: string, options: { ttlSeconds: number; by?: number }): Promise<number>
}

/** The part of the cache that belongs to one tenant. Whatever belongs to a tenant is kept here and nowhere else. */
export function tenantCache(cache: Cache, tenantId: string): Cache {
  if (!/^[0-9a-f-]{36}$/.test(tenantId)) throw new TypeError('a tenant id is a UUID')
  const own = (key: string) => `t:${tenantId}:${key}`
  return {
    get: (key) => cache.get(own(key)),
    set: (key, value, options) => cache.set(own(key), value, options),
    delete: (key) => cache.delete(own(key)),
    increment: (key, options) => cache.increment(own(key), options),
  }
}
