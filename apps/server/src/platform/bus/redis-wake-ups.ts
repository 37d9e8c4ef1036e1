import type { Logger } from '@stoa/kernel'
import { createClient } from 'redis'
import { errorFields } from '../database/errors.ts'
import { decodeWake, encodeWake, type Wake, type WakeListener, type WakeUps } from './wake-ups.ts'

export interface RedisWakeUpsInit {
  /** `redis://` or `rediss://`. */
  readonly url: string
  readonly log: Logger
  readonly channel?: string
}

const CHANNEL = 'stoa:events'
/** A process that dies between its commit and its announcement is made up for by looking this often. */
const RECHECK_MS = 5_000
const FIRST_TRIES = 4

/** Publish and subscribe on Redis, for many processes or where the database is behind a pooler without LISTEN. */
export class RedisWakeUps implements WakeUps {
  readonly name = 'wake-ups'
  readonly #init: RedisWakeUpsInit
  readonly #channel: string
  #listener: WakeListener | undefined
  #clients: { publisher: RedisClient; subscriber: RedisClient } | undefined
  #recheck: NodeJS.Timeout | undefined

  constructor(init: RedisWakeUpsInit) {
    this.#init = init
    this.#channel = init.channel ?? CHANNEL
  }

  listen(listener: WakeListener): void {
    this.#listener = listener
  }

  announce(wake: Wake): void {
    const sent = this.#clients?.publisher.publish(this.#channel, encodeWake(wake))
    sent?.catch((error: unknown) =>
      this.#init.log.warn({ action: 'event_announcement_lost', ...errorFields(error) }),
    )
  }

  async start(): Promise<void> {
    const publisher = connect(this.#init)
    const subscriber = connect(this.#init)
    this.#clients = { publisher, subscriber }
    subscriber.on('ready', () => this.#listener?.onGap())
    await Promise.all([publisher.connect(), subscriber.connect()])
    await subscriber.subscribe(this.#channel, (text) => {
      const wake = decodeWake(text)
      if (wake !== undefined) this.#listener?.onWake(wake)
    })
    this.#listener?.onGap()
    this.#recheck = setInterval(() => this.#listener?.onGap(), RECHECK_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#recheck)
    const clients = this.#clients
    this.#clients = undefined
    for (const client of [clients?.subscriber, clients?.publisher]) if (client?.isOpen) client.destroy()
  }
}

type RedisClient = ReturnType<typeof connect>

/** Comes back by itself once it has been there; the first time, a few tries decide, so that a wrong URL is an error. */
function connect({ url, log }: RedisWakeUpsInit) {
  let once = false
  const reconnectStrategy = (tries: number, cause: Error) =>
    once || tries < FIRST_TRIES ? Math.min(2000, 50 * 2 ** tries) : cause
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy } })
  client.on('ready', () => {
    once = true
  })
  // Without a listener the first lost connection would end the process.
  client.on('error', (error: unknown) => log.warn({ action: 'redis_error', ...errorFields(error) }))
  return client
}
