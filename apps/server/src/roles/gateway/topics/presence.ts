import { encodeServerFrame, type ServerFrame } from '@stoa/contracts/realtime'
import type { Signals } from '../../../platform/bus/signals.ts'

/** A connection as the others of its topics see it. */
export interface Follower {
  readonly accountId: string
  relaySignal(bytes: Uint8Array): void
}

export interface PresenceInit {
  /** To the other gateways. */
  readonly signals: Signals
  /** This gateway; no other has the same. */
  readonly gatewayId: string
  /** How often gateways tell each other who is with them; milliseconds. */
  readonly tellMs?: number
}

interface TopicPresence {
  readonly topic: string
  readonly followers: Set<Follower>
  /** Accounts at other gateways, and when those were last heard of. */
  readonly elsewhere: Map<string, { accounts: ReadonlySet<string>; heardAt: number }>
  readonly unsubscribe: () => void
}

/** What gateways say to each other of a topic: who is here, or the question; or a frame for its followers. */
type News = { readonly gateway: string; readonly here?: readonly string[] }

const NEWS = 0
const FRAME = 1
const TELL_MS = 10_000
/** A gateway that has not been heard of for so many tellings is gone, and who was with it. */
const MISSED = 3

/**
 * Who follows each topic, at this gateway and at the others, and what they say to each other that need not last. What
 * another gateway says may be lost: it is said again every few seconds, and believed for half a minute.
 */
export class Presence {
  readonly #init: PresenceInit
  readonly #topics = new Map<string, TopicPresence>()
  readonly #timer: NodeJS.Timeout

  constructor(init: PresenceInit) {
    this.#init = init
    this.#timer = setInterval(() => this.#sweep(), init.tellMs ?? TELL_MS)
    this.#timer.unref()
  }

  close(): void {
    clearInterval(this.#timer)
    for (const { unsubscribe } of this.#topics.values()) unsubscribe()
    this.#topics.clear()
  }

  /** Accounts that follow a topic, each once. */
  accounts(key: string): readonly string[] {
    const known = this.#topics.get(key)
    return known === undefined ? [] : [...accountsOf(known)]
  }

  join(key: string, topic: string, connection: Follower): void {
    const known = this.#topics.get(key) ?? this.#open(key, topic)
    const isFirst = !accountsOf(known).has(connection.accountId)
    known.followers.add(connection)
    if (!isFirst) return
    this.#announce(known, connection.accountId, true, connection)
    this.#tellHere(key, known)
  }

  leave(key: string, connection: Follower): void {
    const known = this.#topics.get(key)
    if (!known?.followers.delete(connection)) return
    const { accountId } = connection
    if (![...known.followers].some((one) => one.accountId === accountId)) this.#tellHere(key, known)
    if (!accountsOf(known).has(accountId)) this.#announce(known, accountId, false)
    if (known.followers.size > 0) return
    known.unsubscribe()
    this.#topics.delete(key)
  }

  /** To everybody else in the topic, wherever they are; the first thing to be dropped for who does not keep up. */
  tell(key: string, from: Follower, frame: ServerFrame): void {
    const known = this.#topics.get(key)
    if (known === undefined) return
    const bytes = encodeServerFrame(frame)
    relay(known, bytes, from)
    this.#init.signals.publish(channelOf(key), new Uint8Array([FRAME, ...bytes]))
  }

  #open(key: string, topic: string): TopicPresence {
    const { signals, gatewayId } = this.#init
    const unsubscribe = signals.subscribe(channelOf(key), (bytes) => this.#hear(key, bytes))
    const opened = { topic, followers: new Set<Follower>(), elsewhere: new Map(), unsubscribe }
    this.#topics.set(key, opened)
    signals.publish(channelOf(key), encodeNews({ gateway: gatewayId }))
    return opened
  }

  #hear(key: string, bytes: Uint8Array): void {
    const known = this.#topics.get(key)
    if (known === undefined) return
    if (bytes[0] === FRAME) relay(known, bytes.subarray(1))
    else this.#hearNews(key, known, JSON.parse(new TextDecoder().decode(bytes.subarray(1))) as News)
  }

  #hearNews(key: string, known: TopicPresence, { gateway, here }: News): void {
    if (here === undefined) this.#tellHere(key, known)
    else {
      const accounts = new Set(here)
      this.#change(known, () => known.elsewhere.set(gateway, { accounts, heardAt: performance.now() }))
    }
  }

  #tellHere(key: string, { followers }: TopicPresence): void {
    const here = [...new Set([...followers].map(({ accountId }) => accountId))]
    this.#init.signals.publish(channelOf(key), encodeNews({ gateway: this.#init.gatewayId, here }))
  }

  #sweep(): void {
    const oldest = performance.now() - MISSED * (this.#init.tellMs ?? TELL_MS)
    for (const [key, known] of this.#topics) {
      this.#tellHere(key, known)
      const gone = [...known.elsewhere].filter(([, { heardAt }]) => heardAt < oldest)
      if (gone.length > 0)
        this.#change(known, () => {
          for (const [gateway] of gone) known.elsewhere.delete(gateway)
        })
    }
  }

  /** Changes who is elsewhere, and tells those here what that changed. */
  #change(known: TopicPresence, change: () => void): void {
    const before = accountsOf(known)
    change()
    const after = accountsOf(known)
    for (const accountId of after) if (!before.has(accountId)) this.#announce(known, accountId, true)
    for (const accountId of before) if (!after.has(accountId)) this.#announce(known, accountId, false)
  }

  /** To the followers at this gateway; the other gateways find out from who is here. */
  #announce(known: TopicPresence, accountId: string, present: boolean, from?: Follower): void {
    const frame = { kind: 'presence' as const, topic: known.topic, account_id: accountId, present }
    relay(known, encodeServerFrame(frame), from)
  }
}

const channelOf = (key: string): string => `topic/${key}`

const encodeNews = (news: News): Uint8Array =>
  new Uint8Array([NEWS, ...new TextEncoder().encode(JSON.stringify(news))])

function accountsOf({ followers, elsewhere }: TopicPresence): ReadonlySet<string> {
  const accounts = new Set([...followers].map(({ accountId }) => accountId))
  for (const there of elsewhere.values()) for (const accountId of there.accounts) accounts.add(accountId)
  return accounts
}

function relay({ followers }: TopicPresence, bytes: Uint8Array, from?: Follower): void {
  for (const follower of followers) if (follower !== from) follower.relaySignal(bytes)
}
