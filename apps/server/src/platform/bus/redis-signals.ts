import { randomBytes } from 'node:crypto'
import type { Logger, Service } from '@stoa/kernel'
import { createClient, type RedisClientType } from 'redis'
import { errorFields } from '../database/errors.ts'
import type { Signals } from './signals.ts'

export interface RedisSignalsInit {
  /** `redis://` or `rediss://`. */
  readonly url: string
  readonly log: Logger
  /** Before every channel: one server may hold several installations. */
  readonly prefix?: string
}

type Listener = (bytes: Uint8Array) => void

const ORIGIN_BYTES = 8
const LONGEST_WAIT_MS = 2_000

/**
 * Signals over publish and subscribe of Redis, subscribed to what somebody here listens to and nothing else. While Redis is
 * away signals are lost, as they may be; subscriptions come back with the connection.
 */
export class RedisSignals implements Signals, Service {
  readonly name = 'signals'
  readonly #log: Logger
  readonly #prefix: string
  /** Before every message: nobody hears what it said itself. */
  readonly #origin = randomBytes(ORIGIN_BYTES)
  readonly #publisher: RedisClientType
  readonly #subscriber: RedisClientType
  readonly #channels = new Map<string, Set<Listener>>()

  constructor({ url, log, prefix = 'stoa:signals:' }: RedisSignalsInit) {
    this.#log = log
    this.#prefix = prefix
    this.#publisher = this.#client(url)
    this.#subscriber = this.#client(url)
  }

  /** Connects in the background: nothing here is worth waiting for. */
  async start(): Promise<void> {
    for (const client of [this.#publisher, this.#subscriber]) void client.connect().catch(() => {})
    this.#subscriber.on('ready', () => {
      // Those that were asked for before the first connection; later ones the client repeats by itself.
      for (const channel of this.#channels.keys()) void this.#open(channel)
    })
  }

  async stop(): Promise<void> {
    for (const client of [this.#publisher, this.#subscriber]) if (client.isOpen) client.destroy()
  }

  publish(channel: string, bytes: Uint8Array): void {
    if (!this.#publisher.isReady) return
    const message = Buffer.concat([this.#origin, bytes])
    void this.#publisher.publish(this.#prefix + channel, message).catch(() => {})
  }

  subscribe(channel: string, listener: Listener): () => void {
    const known = this.#channels.get(channel)
    const listeners = known ?? new Set()
    this.#channels.set(channel, listeners.add(listener))
    if (known === undefined) void this.#open(channel)
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return
      if (this.#channels.get(channel) !== listeners) return
      this.#channels.delete(channel)
      if (this.#subscriber.isReady)
        void this.#subscriber.unsubscribe(this.#prefix + channel, this.#hear, true).catch(() => {})
    }
  }

  async #open(channel: string): Promise<void> {
    if (!this.#subscriber.isReady) return
    try {
      await this.#subscriber.subscribe(this.#prefix + channel, this.#hear, true)
    } catch (error) {
      this.#log.warn({ action: 'signals_not_subscribed', ...errorFields(error) })
    }
  }

  /** One function for all channels: subscribing it twice is once. */
  readonly #hear = (message: Buffer, name: Buffer): void => {
    if (message.subarray(0, ORIGIN_BYTES).equals(this.#origin)) return
    const listeners = this.#channels.get(name.toString().slice(this.#prefix.length)) ?? []
    for (const listener of [...listeners]) {
      try {
        listener(new Uint8Array(message.subarray(ORIGIN_BYTES)))
      } catch (error) {
        this.#log.warn({ action: 'signal_unreadable', ...errorFields(error) })
      }
    }
  }

  #client(url: string): RedisClientType {
    const client: RedisClientType = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: 2_000,
      socket: {
        socketTimeout: 6_000,
        reconnectStrategy: (tries) => Math.min(LONGEST_WAIT_MS, 50 * 2 ** Math.min(tries, 6)),
      },
    })
    // Without a listener the first lost connection would end the process. That Redis is away is told by the cache.
    client.on('error', (error: unknown) => this.#log.debug({ action: 'signals_lost', ...errorFields(error) }))
    return client
  }
}
