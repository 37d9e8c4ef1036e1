import type { Cache } from '../cache.ts'
import { CacheError, notANumber } from '../errors.ts'
import type { RedisConnection } from './connection.ts'
import { incrementScript } from './scripts.ts'

/** The cache that all processes share. */
export class RedisCache implements Cache {
  readonly #redis: RedisConnection

  constructor(redis: RedisConnection) {
    this.#redis = redis
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.#orNothing(() => this.#redis.run((client) => client.get(this.#redis.key(key))))
    return value ?? undefined
  }

  async set(key: string, value: string, options: { ttlSeconds: number }): Promise<void> {
    const PX = Math.ceil(options.ttlSeconds * 1000)
    await this.#orNothing(() =>
      this.#redis.run((client) =>
        client.set(this.#redis.key(key), value, { expiration: { type: 'PX', value: PX } }),
      ),
    )
  }

  async delete(key: string): Promise<void> {
    await this.#redis.run((client) => client.del(this.#redis.key(key)))
  }

  async increment(key: string, options: { ttlSeconds: number; by?: number }): Promise<number> {
    const args = [String(options.by ?? 1), String(Math.ceil(options.ttlSeconds * 1000))]
    try {
      return Number(await this.#redis.script(incrementScript, key, args))
    } catch (error) {
      if (error instanceof Error && /not an integer|wrong kind/.test(error.message)) throw notANumber(key)
      throw error
    }
  }

  /** A cache that is down is an empty cache; the connection has logged and counted it. */
  async #orNothing<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command()
    } catch (error) {
      if (error instanceof CacheError && error.code === 'cache.unavailable') return undefined
      throw error
    }
  }
}
