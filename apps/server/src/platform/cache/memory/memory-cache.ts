import type { Clock } from '@stoa/kernel'
import type { Cache } from '../cache.ts'
import { notANumber } from '../errors.ts'

interface Entry {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly bytes: number
}

/** What an entry costs beside its text: map slot, object, string headers. An estimate on the safe side. */
const OVERHEAD_BYTES = 160
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024

/** A cache inside this process: least recently used entries leave when their bytes exceed the budget. */
export class MemoryCache implements Cache {
  /** In order of use: the first is the oldest. */
  readonly #entries = new Map<string, Entry>()
  readonly #clock: Clock
  readonly #maxBytes: number
  #bytes = 0

  constructor(options: { clock: Clock; maxBytes?: number }) {
    this.#clock = options.clock
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
  }

  /** Estimated bytes in use, never above the budget. */
  get bytes(): number {
    return this.#bytes
  }

  async get(key: string): Promise<string | undefined> {
    return this.#use(key)?.value
  }

  async set(key: string, value: string, options: { ttlSeconds: number }): Promise<void> {
    this.#store(key, value, this.#clock.now() + options.ttlSeconds * 1000)
  }

  async delete(key: string): Promise<void> {
    this.#remove(key)
  }

  async increment(key: string, options: { ttlSeconds: number; by?: number }): Promise<number> {
    const entry = this.#use(key)
    if (entry && !/^-?\d+$/.test(entry.value)) throw notANumber(key)
    const next = Number(entry?.value ?? 0) + (options.by ?? 1)
    this.#store(key, String(next), entry?.expiresAt ?? this.#clock.now() + options.ttlSeconds * 1000)
    return next
  }

  /** The live entry, now the most recently used. */
  #use(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.expiresAt <= this.#clock.now()) {
      this.#remove(key)
      return undefined
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  #store(key: string, value: string, expiresAt: number): void {
    this.#remove(key)
    const bytes = OVERHEAD_BYTES + 2 * (key.length + value.length)
    if (bytes > this.#maxBytes) return
    this.#entries.set(key, { value, expiresAt, bytes })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
  }
}
