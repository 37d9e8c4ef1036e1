import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@stoa/kernel'
import pg from 'pg'
import { connectionConfig } from '../database/connection.ts'
import { errorFields } from '../database/errors.ts'
import type { PostgresServer } from '../database/server.ts'
import { EVENT_CHANNEL } from '../database/transaction.ts'
import { decodeWake, type WakeListener, type WakeUps } from './wake-ups.ts'

export interface PostgresWakeUpsInit {
  readonly server: Pick<PostgresServer, 'appUrl'>
  readonly log: Logger
}

const RECONNECT_DELAYS_MS = [20, 50, 100, 200, 500, 1000]
/** A connection that died without a word is noticed by the next of these. */
const HEARTBEAT_MS = 15_000

/** LISTEN on a connection of its own. The transaction that writes an event notifies, so there is nothing to announce. */
export class PostgresWakeUps implements WakeUps {
  readonly name = 'wake-ups'
  readonly #init: PostgresWakeUpsInit
  #listener: WakeListener | undefined
  #stopping = new AbortController()
  #loop: Promise<void> | undefined

  constructor(init: PostgresWakeUpsInit) {
    this.#init = init
  }

  listen(listener: WakeListener): void {
    this.#listener = listener
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController()
    const client = await this.#connect()
    this.#loop = this.#keepListening(client)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
    this.#loop = undefined
  }

  async #connect(): Promise<Listening> {
    const config = connectionConfig(this.#init.server.appUrl, 'events', { statementTimeout: HEARTBEAT_MS })
    const client = new pg.Client(config)
    const lost = new Promise<unknown>((resolve) => {
      client.on('error', resolve)
      client.on('end', () => resolve(new Error('The connection ended')))
    })
    client.on('notification', ({ payload }) => {
      const wake = decodeWake(payload ?? '')
      if (wake !== undefined) this.#listener?.onWake(wake)
    })
    try {
      await client.connect()
      await client.query(`listen ${EVENT_CHANNEL}`)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    this.#listener?.onGap()
    return { client, lost }
  }

  async #keepListening(first: Listening): Promise<void> {
    const { signal } = this.#stopping
    const stopped = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    )
    for (let current: Listening | undefined = first; current !== undefined; ) {
      const { client, lost } = current
      const heartbeat = setInterval(() => void client.query('select 1').catch(() => {}), HEARTBEAT_MS)
      const reason = await Promise.race([lost, stopped])
      clearInterval(heartbeat)
      await client.end().catch(() => {})
      if (signal.aborted) return
      this.#init.log.warn({ action: 'event_listener_lost', ...errorFields(reason) })
      current = await this.#reconnect(signal)
    }
  }

  async #reconnect(signal: AbortSignal): Promise<Listening | undefined> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      await delay(RECONNECT_DELAYS_MS[attempt] ?? 2000, undefined, { signal }).catch(() => {})
      if (signal.aborted) return undefined
      try {
        return await this.#connect()
      } catch (error) {
        this.#init.log.debug({ action: 'event_listener_waits', attempt, ...errorFields(error) })
      }
    }
    return undefined
  }
}

interface Listening {
  readonly client: pg.Client
  /** Resolves with the reason when the connection is gone. */
  readonly lost: Promise<unknown>
}
