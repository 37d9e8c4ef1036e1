import { setTimeout as delay } from 'node:timers/promises'
import {
  type Client,
  Room,
  type RoomMessage,
  type TokenSource,
  TopicClient,
  type TopicEvent,
  type Transport,
} from '@stoa/sdk'
import type { Dice } from '../books/random.ts'

export interface SpeakerOptions {
  readonly name: string
  readonly client: Client
  readonly tokens: TokenSource
  readonly baseUrl: string
  readonly roomId: string
  readonly dice: Dice
  readonly transport?: Transport
}

const RETRY_MS = 100

/** Somebody who talks in a room with the clients of the SDK, and remembers what was said and what was shown. */
export class Speaker {
  readonly name: string
  readonly room: Room
  readonly topics: TopicClient
  /** Ids of messages that the server has confirmed. */
  readonly confirmed = new Set<string>()
  /** Sequences of messages as their events came. */
  readonly shown: number[] = []
  /** Who is in the room, besides how often somebody came and went. */
  readonly present = new Set<string>()
  readonly signals: { readonly type: string; readonly accountId: string }[] = []
  readonly #options: SpeakerOptions
  readonly #sending = new Set<Promise<void>>()
  #said = 0
  #stopped = false

  constructor(options: SpeakerOptions) {
    const { name, client, roomId, dice, ...more } = options
    this.name = name
    this.#options = options
    this.room = new Room({ client, roomId })
    this.topics = new TopicClient({ ...more, random: () => dice.unit() })
  }

  async start(): Promise<void> {
    await this.room.open()
    this.topics.start()
    this.topics.follow(`room:${this.#options.roomId}`, {
      onEvent: (event) => this.#hear(event),
      onFollowing: (present) => {
        this.present.clear()
        for (const accountId of present) this.present.add(accountId)
        this.#catchUp()
      },
      onReset: () => this.#catchUp(),
      onPresence: (accountId, here) => (here ? this.present.add(accountId) : this.present.delete(accountId)),
      onSignal: (type, accountId) => this.signals.push({ type, accountId }),
    })
  }

  /** Says something, again and again until it is confirmed or the speaker stops. */
  say(): void {
    const body = `${this.name} says ${this.#said++}`
    const sent = this.#deliver(body).finally(() => this.#sending.delete(sent))
    this.#sending.add(sent)
  }

  get said(): number {
    return this.#said
  }

  /** Everything said is confirmed, and everything that is known of is held. */
  get settled(): boolean {
    return this.#sending.size === 0 && this.room.timeline.snapshot().resumeAfter === undefined
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.topics.stop()
    await Promise.all(this.#sending)
  }

  async #deliver(body: string): Promise<void> {
    const first = this.room.send({ body })
    const pending = this.room.timeline.pending.at(-1)
    let sent = await first.catch(() => undefined)
    while (sent === undefined && pending !== undefined && !this.#stopped) {
      await delay(RETRY_MS)
      sent = await this.room.deliver(pending).catch(() => undefined)
    }
    if (sent !== undefined) this.confirmed.add(sent.id)
  }

  #hear({ type, payload, message }: TopicEvent): void {
    if (!type.startsWith('message.')) return
    const { sequence, revision } = payload as { sequence: number; revision: number }
    if (type === 'message.created') this.shown.push(sequence)
    this.room.timeline.applyEvent({
      sequence,
      revision,
      ...(message ? { message: message as RoomMessage } : {}),
    })
    this.#catchUp()
  }

  #catchUp(): void {
    // What could not be read now is asked for again with the next event, or after the next break.
    void this.room.catchUp().catch(() => {})
  }
}
