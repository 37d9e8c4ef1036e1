import {
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import type { TokenSource } from '../authorized-fetch.ts'
import { BROKEN, type Link, type Transport, waitBefore } from './transport.ts'
import { webSocketTransport } from './web-socket.ts'

export type TopicEvent = Extract<ServerFrame, { kind: 'event' }>

export interface TopicListener {
  /** In order, each once. */
  onEvent?(event: TopicEvent): void
  /** Events are missing: read the topic afresh. */
  onReset?(): void
  /** Live now; the accounts that are here. */
  onFollowing?(present: readonly string[]): void
  onPresence?(accountId: string, present: boolean): void
  onSignal?(type: string, accountId: string, data: unknown): void
  /** It may not be followed (any more). */
  onLeft?(code: string): void
}

export interface TopicClientOptions {
  readonly baseUrl: string
  readonly tokens: TokenSource
  readonly onState?: (state: 'connecting' | 'open' | 'waiting' | 'closed') => void
  /** How the server is reached; by WebSocket unless told otherwise. */
  readonly transport?: Transport
  readonly random?: () => number
}

interface Followed {
  readonly listener: TopicListener
  /** Up to where the topic is held; undefined before it was first followed. */
  seq: number | undefined
}

/** The token is renewed so long before it ends. */
const RENEW_BEFORE_MS = 120_000
const UNAUTHENTICATED = 4401

/** Follows topics over one connection, across breaks, without a gap and without a repetition. */
export class TopicClient {
  readonly #options: TopicClientOptions
  readonly #topics = new Map<string, Followed>()
  readonly #transport: Transport
  #link: Link | undefined
  #token: string | undefined
  #failures = 0
  #heardAt = 0
  #timers = new Set<ReturnType<typeof setTimeout>>()
  #stopped = true

  constructor(options: TopicClientOptions) {
    this.#options = options
    this.#transport = options.transport ?? webSocketTransport()
  }

  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    void this.#connect()
  }

  stop(): void {
    this.#stopped = true
    this.#hangUp()
    this.#options.onState?.('closed')
  }

  /** Try now, e.g. because the device says that it is online. */
  reconnect(): void {
    if (this.#stopped || this.#link !== undefined) return
    this.#failures = 0
    this.#hangUp()
    void this.#connect()
  }

  /** Returns how to end it. `after`: where what is held already ends. */
  follow(topic: string, listener: TopicListener, after?: number): () => void {
    const followed: Followed = { listener, seq: after }
    this.#topics.set(topic, followed)
    this.#ask(topic, followed)
    return () => {
      if (this.#topics.get(topic) !== followed) return
      this.#topics.delete(topic)
      this.#say({ kind: 'leave', topic })
    }
  }

  /** Something short-lived for the others in a topic, e.g. `typing`; lost when there is no connection. */
  signal(topic: string, type: string, data?: unknown): void {
    this.#say({ kind: 'signal', topic, type, data })
  }

  #ask(topic: string, { seq }: Followed): void {
    this.#say(seq === undefined ? { kind: 'follow', topic } : { kind: 'follow', topic, after: seq })
  }

  async #connect(): Promise<void> {
    const { tokens, baseUrl, onState } = this.#options
    onState?.('connecting')
    this.#token = await Promise.resolve(tokens.get()).catch(() => undefined)
    if (this.#stopped || this.#link !== undefined) return
    this.#link = this.#transport(
      { baseUrl, path: '/realtime/v1' },
      {
        onOpen: () => this.#say({ kind: 'hello', version: 1, token: this.#token ?? '-' }),
        onMessage: (message) => this.#hear(decodeServerFrame(message)),
        onClose: (code) => void this.#dropped(code),
      },
    )
  }

  async #dropped(code: number): Promise<void> {
    this.#hangUp()
    if (this.#stopped) return
    this.#options.onState?.('waiting')
    if (code === UNAUTHENTICATED) await this.#options.tokens.renew?.(this.#token).catch(() => undefined)
    this.#later(waitBefore(this.#failures, this.#options.random ?? Math.random), () => void this.#connect())
    this.#failures += 1
  }

  #hangUp(): void {
    this.#link?.close()
    this.#link = undefined
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #hear(frame: ServerFrame): void {
    this.#heardAt = performance.now()
    if (frame.kind === 'welcome') this.#welcome(frame)
    else if (frame.kind === 'refreshed') this.#renewBefore(frame.expires_at)
    else if (frame.kind === 'pong') this.#caughtUp(frame.seq)
    else if (frame.kind !== 'error') this.#tell(frame)
  }

  #tell(frame: Extract<ServerFrame, { topic: string }>): void {
    const followed = this.#topics.get(frame.topic)
    if (followed === undefined) return
    const { listener } = followed
    switch (frame.kind) {
      case 'event':
        if (followed.seq !== undefined && frame.seq <= followed.seq) break
        followed.seq = frame.seq
        listener.onEvent?.(frame)
        break
      case 'following':
        followed.seq = frame.reset ? frame.seq : Math.max(followed.seq ?? 0, frame.seq)
        if (frame.reset) listener.onReset?.()
        listener.onFollowing?.(frame.present)
        break
      case 'presence':
        listener.onPresence?.(frame.account_id, frame.present)
        break
      case 'signal':
        listener.onSignal?.(frame.type, frame.account_id, frame.data)
        break
      case 'left':
        if (frame.code === 'topic.unavailable') this.#later(2_000, () => this.#ask(frame.topic, followed))
        else listener.onLeft?.(frame.code)
        break
      default:
    }
  }

  #welcome({ ping_ms, expires_at }: Extract<ServerFrame, { kind: 'welcome' }>): void {
    this.#failures = 0
    this.#options.onState?.('open')
    this.#renewBefore(expires_at)
    for (const [topic, followed] of this.#topics) this.#ask(topic, followed)
    this.#beat(ping_ms)
  }

  #beat(milliseconds: number): void {
    this.#later(milliseconds, () => {
      if (performance.now() - this.#heardAt > 2.5 * milliseconds) return void this.#dropped(BROKEN)
      this.#say({ kind: 'ping' })
      this.#beat(milliseconds)
    })
  }

  #renewBefore(expiresAt: string): void {
    const wait = Math.max(1_000, Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_MS)
    this.#later(wait, async () => {
      const token = await this.#options.tokens.renew?.(this.#token).catch(() => undefined)
      if (token === undefined) return
      this.#token = token
      this.#say({ kind: 'refresh', token })
    })
  }

  #caughtUp(seq: number | undefined): void {
    if (seq === undefined) return
    for (const followed of this.#topics.values())
      if (followed.seq !== undefined && followed.seq < seq) followed.seq = seq
  }

  #later(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, milliseconds)
    this.#timers.add(timer)
  }

  #say(frame: ClientFrame): void {
    this.#link?.send(encodeClientFrame(frame))
  }
}
