import {
  type ClientFrame,
  type CloseReason,
  decodeClientFrame,
  encodeServerFrame,
  MalformedBytes,
  type ServerFrame,
} from '@stoa/contracts/realtime'
import { isStoaError, type Logger } from '@stoa/kernel'
import type { QuantumOffer } from '../../../capabilities/realtime/index.ts'
import type { StoredEvent } from '../../../platform/bus/event-store.ts'
import type { Followed, RealtimeTopics } from '../../../platform/bus/topics.ts'
import type { TenantContext } from '../../../platform/database/database.ts'
import type { Authenticator } from '../../../platform/http/authenticator.ts'
import type { Channel } from '../socket.ts'
import type { EventFrames } from './event-frames.ts'
import type { Presence } from './presence.ts'

export interface TopicConnectionInit {
  readonly id: string
  readonly context: TenantContext
  readonly expiresAt: number
  readonly channel: Channel
  readonly topics: RealtimeTopics
  readonly frames: EventFrames
  readonly presence: Presence
  readonly authenticator: Authenticator
  readonly expiryOf: (token: string) => number
  readonly log: Logger
  /** Told in the welcome. */
  readonly quantum: QuantumOffer | undefined
}

const MOST_TOPICS = 500
/** A reader that is further behind is let go: it comes back and resumes by sequence. */
const SLOW_BYTES = 2 * 1024 * 1024
const SIGNAL_BYTES = 128 * 1024
const SIGNAL_DATA_CHARACTERS = 2_048
/** Signals one connection may send in a second. */
const SIGNALS_PER_SECOND = 20
/** Frames a connection may send: so many at once, coming back at so many a second. */
const FRAMES_AT_ONCE = 1_000
const FRAMES_PER_SECOND = 100
const FRAME_BYTES = 16 * 1024
export const PING_MS = 20_000

/** One client that follows topics. Frames to it are in the order in which their events happened. */
export class TopicConnection {
  readonly accountId: string
  readonly #init: TopicConnectionInit
  readonly #followed = new Map<string, Followed | undefined>()
  #sending: Promise<void> = Promise.resolve()
  #expiresAt: number
  #ended = false
  #signals = { second: 0, count: 0 }
  #allowance = { frames: FRAMES_AT_ONCE, at: performance.now() }

  constructor(init: TopicConnectionInit) {
    this.#init = init
    this.accountId = init.context.accountId
    this.#expiresAt = init.expiresAt
    this.#send({
      ...{ kind: 'welcome', connection_id: init.id, account_id: this.accountId, ping_ms: PING_MS },
      expires_at: new Date(init.expiresAt).toISOString(),
      ...(init.quantum === undefined ? {} : { quantum: init.quantum }),
    })
  }

  get context(): TenantContext {
    return this.#init.context
  }

  receive(bytes: Uint8Array): void {
    if (this.#ended) return
    if (bytes.length > FRAME_BYTES) this.end('tooLarge', `A frame may have ${FRAME_BYTES} bytes at most.`)
    else if (this.#isAllowed()) this.#read(bytes)
    else this.end('limited', 'Too many frames.')
  }

  #read(bytes: Uint8Array): void {
    try {
      this.#handle(decodeClientFrame(bytes))
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error
      this.end('malformed', error.message)
    }
  }

  /** The token has ended and no other was shown. */
  isExpired(now: number): boolean {
    return now > this.#expiresAt
  }

  relaySignal(bytes: Uint8Array): void {
    if (!this.#ended && this.#init.channel.buffered < SIGNAL_BYTES) this.#init.channel.send(bytes)
  }

  end(reason: CloseReason, text: string): void {
    if (this.#ended) return
    this.#init.channel.close(reason, text)
    this.closed()
  }

  closed(): void {
    if (this.#ended) return
    this.#ended = true
    for (const topic of [...this.#followed.keys()]) this.#leave(topic)
  }

  #handle(frame: ClientFrame): void {
    switch (frame.kind) {
      case 'hello':
        throw new MalformedBytes('hello comes first, and once')
      case 'refresh':
        void this.#refresh(frame.token)
        break
      case 'follow':
        void this.#follow(frame.topic, frame.after)
        break
      case 'leave':
        this.#leave(frame.topic)
        this.#send({ kind: 'left', topic: frame.topic, code: 'topic.left' })
        break
      case 'signal':
        this.#signal(frame)
        break
      case 'ping':
        this.#pong()
    }
  }

  async #refresh(token: string): Promise<void> {
    const { context, authenticator, expiryOf } = this.#init
    try {
      const fresh = await authenticator.verify(token)
      const same = fresh.accountId === context.accountId && fresh.tenantId === context.tenantId
      if (!same || fresh.sessionId !== context.sessionId) {
        this.end('unauthenticated', 'The token is for another session.')
        return
      }
      this.#expiresAt = expiryOf(token)
      this.#send({ kind: 'refreshed', expires_at: new Date(this.#expiresAt).toISOString() })
    } catch (error) {
      this.end('unauthenticated', isStoaError(error) ? error.message : 'The token cannot be checked now.')
    }
  }

  async #follow(topic: string, after: number | undefined): Promise<void> {
    if (this.#followed.has(topic)) return
    if (this.#followed.size >= MOST_TOPICS)
      return this.#send({ kind: 'error', code: 'topic.too_many', topic })
    this.#followed.set(topic, undefined)
    const { topics, context, presence, log } = this.#init
    try {
      const followed = await topics.follow(context, topic, after, {
        onEvent: (event) => this.#event(event, topic),
        onForbidden: () => this.#forbidden(topic),
      })
      if (followed === undefined) {
        this.#followed.delete(topic)
        return this.#send({ kind: 'left', topic, code: 'topic.not_found' })
      }
      if (this.#ended || !this.#followed.has(topic)) return followed.close()
      this.#followed.set(topic, followed)
      presence.join(this.#key(topic), topic, this)
      const { seq, reset } = followed
      const present = presence.accounts(this.#key(topic))
      // After the frames of the replay, which are on their way.
      this.#inOrder(async () => this.#send({ kind: 'following', topic, seq, reset, present }))
    } catch (error) {
      this.#followed.delete(topic)
      log.warn({ action: 'topic_follow_failed', topic, err: error })
      this.#send({ kind: 'left', topic, code: 'topic.unavailable' })
    }
  }

  #event(event: StoredEvent, topic: string): void {
    const frame = this.#init.frames.frameOf(event, topic)
    this.#inOrder(async () => {
      const bytes = await frame
      if (this.#init.channel.buffered > SLOW_BYTES) this.end('slow', 'You do not take what you are sent.')
      else this.#init.channel.send(bytes)
    })
  }

  #forbidden(topic: string): void {
    this.#leave(topic)
    this.#inOrder(async () => this.#send({ kind: 'left', topic, code: 'topic.forbidden' }))
  }

  #leave(topic: string): void {
    const followed = this.#followed.get(topic)
    if (!this.#followed.delete(topic)) return
    followed?.close()
    this.#init.presence.leave(this.#key(topic), this)
  }

  #signal({ topic, type, data }: Extract<ClientFrame, { kind: 'signal' }>): void {
    const second = Math.floor(performance.now() / 1_000)
    if (this.#signals.second !== second) this.#signals = { second, count: 0 }
    this.#signals.count += 1
    const tooMuch = this.#signals.count > SIGNALS_PER_SECOND
    if (tooMuch || (JSON.stringify(data) ?? '').length > SIGNAL_DATA_CHARACTERS) {
      this.#send({ kind: 'error', code: 'signal.too_much', topic })
      return
    }
    if (this.#followed.get(topic) === undefined) {
      this.#send({ kind: 'error', code: 'topic.not_followed', topic })
      return
    }
    const { presence } = this.#init
    presence.tell(this.#key(topic), this, { kind: 'signal', topic, type, account_id: this.accountId, data })
  }

  #pong(): void {
    const settled = [...this.#followed.values()].every((one) => one?.isSettled() === true)
    const seq = settled ? this.#init.topics.delivered(this.context.tenantId) : 0
    this.#inOrder(async () => this.#send({ kind: 'pong', ...(seq > 0 ? { seq } : {}) }))
  }

  /** `account` and `tenant` are other topics in every organisation. */
  #key(topic: string): string {
    const { tenantId, accountId } = this.context
    return `${tenantId}/${topic === 'account' ? `account:${accountId}` : topic}`
  }

  #inOrder(run: () => Promise<void>): void {
    this.#sending = this.#sending.then(() => (this.#ended ? undefined : run()))
  }

  #isAllowed(): boolean {
    const now = performance.now()
    const back = ((now - this.#allowance.at) / 1000) * FRAMES_PER_SECOND
    const frames = Math.min(FRAMES_AT_ONCE, this.#allowance.frames + back) - 1
    this.#allowance = { frames, at: now }
    return frames >= 0
  }

  #send(frame: ServerFrame): void {
    if (this.#ended) return
    if (this.#init.channel.buffered > SLOW_BYTES) this.end('slow', 'You do not take what you are sent.')
    else this.#init.channel.send(encodeServerFrame(frame))
  }
}
