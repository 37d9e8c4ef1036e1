import { uuidv7 } from '@stoa/kernel'
import {
  ApiError,
  ConnectionError,
  type MessageDraft,
  type MessagePage,
  type PendingMessage,
  Room,
  type RoomPlace,
  type TopicEvent,
} from '@stoa/sdk'
import { createStore, type StoreApi } from 'zustand'
import { client } from '../../../data/api.ts'
import { amendRoom, type Message, type Receipt, refreshRooms } from '../../../data/rooms.ts'
import { topics } from '../../../data/topics.ts'
import type { OfflineDatabase } from '../../../offline/database.ts'
import { Gathered } from './gathered.ts'
import { newestPage } from './newest-page.ts'

/** What is known of a room besides its messages. */
export interface TalkState {
  /** Accounts that have it open somewhere now. */
  readonly present: ReadonlySet<string>
  readonly typing: readonly string[]
  readonly receipts: ReadonlyMap<string, Receipt>
  /** Messages on their way out: taken back, or final in a moment. */
  readonly hidden: ReadonlySet<string>
  /** The room may not be read any more. */
  readonly closed: boolean
}

export interface TalkOptions {
  readonly roomId: string
  readonly accountId: string
  readonly database: OfflineDatabase
  /** Told whenever what waits to be sent changes. */
  readonly onPending: () => void
}

const TYPING_LASTS_MS = 6_000
const TYPING_EVERY_MS = 3_000
const MARK_AFTER_MS = 500
/** The end of the room is kept at once, and while more comes this often. */
const KEEP_EVERY_MS = 1_000
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 30_000

/**
 * One room as this device holds it: its timeline, who is here, and what waits to be sent. A message is kept on the device before
 * it is sent, and goes from there only when the server has confirmed it or the person drops it.
 */
export class Talk {
  readonly room: Room
  readonly state: StoreApi<TalkState>
  readonly #options: TalkOptions
  readonly #path: { readonly room_id: string }
  readonly #typing = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #read: Gathered
  readonly #delivered: Gathered
  #opened = false
  #restored: Promise<void> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryMs = FIRST_RETRY_MS
  #typedAt = 0
  readonly #ends: () => void
  #keeping: ReturnType<typeof setTimeout> | undefined
  #keptAt = Number.NEGATIVE_INFINITY

  constructor(options: TalkOptions) {
    const { roomId } = options
    this.#options = options
    this.#path = { room_id: roomId }
    this.room = new Room({ client, roomId })
    this.state = createStore<TalkState>(() => ({
      ...{ present: new Set<string>(), typing: [], receipts: new Map<string, Receipt>() },
      ...{ hidden: new Set<string>(), closed: false },
    }))
    this.#ends = this.room.timeline.subscribe(() => {
      if (this.#opened) this.#keepSoon()
    })
    this.#read = new Gathered(MARK_AFTER_MS, (sequence) => this.#tellRead(sequence))
    this.#delivered = new Gathered(MARK_AFTER_MS, async (sequence) => {
      await client.call('markRoomDelivered', { path: this.#path, body: { sequence } })
    })
  }

  get topic(): string {
    return `room:${this.#options.roomId}`
  }

  /** Loads around a place, and from then on holds the room up to date. Gives the sequence that was asked for. */
  async open(place: RoomPlace): Promise<number | null> {
    await this.restore()
    const anchor = await this.room.open(place).catch((error) => this.#openKept(place, error))
    this.#opened = true
    void this.#readReceipts()
    return anchor
  }

  /** Without the server: the end of the room as this device last had it. */
  async #openKept(place: RoomPlace, error: unknown): Promise<null> {
    if (!(error instanceof ConnectionError) || (this.#opened && typeof place === 'object')) throw error
    if (this.#opened) return null
    const kept = await this.#options.database.answers.get(this.#keptKey)
    if (!kept) throw error
    this.room.timeline.mergePage(kept.value as MessagePage)
    return null
  }

  get opened(): boolean {
    return this.#opened
  }

  /** Brings back what was written before a restart, and sends it. */
  restore(): Promise<void> {
    this.#restored ??= this.#restore()
    return this.#restored
  }

  /** Reads what changed while nothing was heard. */
  async catchUp(): Promise<void> {
    if (!this.#opened) return
    const { last_sequence, last_revision } = await client.call('getRoom', { path: this.#path })
    this.room.timeline.noteCounters(last_sequence, last_revision)
    await this.room.catchUp()
  }

  /** Keeps and shows a message at once; it goes to the server now or when that can be reached. */
  async send(draft: MessageDraft): Promise<void> {
    const pending: PendingMessage = { ...draft, id: uuidv7(), state: 'waiting', created_at: Date.now() }
    this.room.timeline.addPending(pending)
    await this.#keep(pending)
    await this.#deliver(pending)
  }

  /** Sends everything that waits, and with `failed` what was refused, too. */
  async flush(failed = false): Promise<void> {
    clearTimeout(this.#retry)
    const waiting = this.room.timeline.pending.filter(({ state }) => failed || state === 'waiting')
    for (const pending of waiting) await this.#deliver(pending)
  }

  resend(pending: PendingMessage): Promise<void> {
    return this.#deliver(pending)
  }

  /** Drops a message that was not sent. */
  async discard(id: string): Promise<void> {
    this.room.timeline.removePending(id)
    await this.#options.database.messages.delete(id)
    this.#options.onPending()
  }

  /** Moves the read marker to a message that is seen; told to the server a moment later. */
  markRead(sequence: number): void {
    this.#read.raise(sequence)
  }

  /** Tells the others that one is writing. */
  typing(): void {
    const now = Date.now()
    if (now - this.#typedAt < TYPING_EVERY_MS) return
    this.#typedAt = now
    topics.signal(this.topic, 'typing')
  }

  /** Hides a message that is about to be removed, or shows it again. */
  hide(id: string, hidden: boolean): void {
    this.state.setState(({ hidden: before }) => {
      const after = new Set(before)
      if (hidden) after.add(id)
      else after.delete(id)
      return { hidden: after }
    })
  }

  onEvent({ type, payload, message }: TopicEvent): void {
    const told = payload as { sequence: number; revision: number; author_id: string }
    if (type.startsWith('message.')) {
      if (this.#opened) this.#apply(told, message as Message | undefined)
      if (type === 'message.created' && told.author_id !== this.#options.accountId) {
        this.#delivered.raise(told.sequence)
        this.#stopTyping(told.author_id)
      }
    } else if (type === 'receipt.moved') this.#moved(payload as Receipt)
  }

  onPresent(present: readonly string[]): void {
    this.state.setState({ present: new Set(present), closed: false })
    void this.catchUp().catch(() => {})
    void this.flush()
  }

  onPresence(accountId: string, here: boolean): void {
    this.state.setState(({ present: before }) => {
      const present = new Set(before)
      if (here) present.add(accountId)
      else present.delete(accountId)
      return { present }
    })
    if (!here) this.#stopTyping(accountId)
  }

  onSignal(type: string, accountId: string): void {
    if (type !== 'typing' || accountId === this.#options.accountId) return
    clearTimeout(this.#typing.get(accountId))
    this.#typing.set(
      accountId,
      setTimeout(() => this.#stopTyping(accountId), TYPING_LASTS_MS),
    )
    this.state.setState({ typing: [...this.#typing.keys()] })
  }

  onClosed(): void {
    void this.#options.database.answers.delete(this.#keptKey)
    this.state.setState({ closed: true })
    void refreshRooms()
  }

  stop(): void {
    this.#ends()
    clearTimeout(this.#keeping)
    clearTimeout(this.#retry)
    for (const timer of this.#typing.values()) clearTimeout(timer)
    this.#read.stop()
    this.#delivered.stop()
  }

  #apply(event: { sequence: number; revision: number }, message: Message | undefined): void {
    this.room.timeline.applyEvent({ ...event, ...(message && { message }) })
    // Something before it is missing, or it came without the message.
    if (this.room.timeline.snapshot().resumeAfter !== undefined) void this.room.catchUp().catch(() => {})
  }

  #stopTyping(accountId: string): void {
    clearTimeout(this.#typing.get(accountId))
    if (this.#typing.delete(accountId)) this.state.setState({ typing: [...this.#typing.keys()] })
  }

  #moved(receipt: Receipt): void {
    this.state.setState(({ receipts: before }) => {
      const known = before.get(receipt.account_id)
      const { account_id } = receipt
      const read_sequence = Math.max(receipt.read_sequence, known?.read_sequence ?? 0)
      const delivered_sequence = Math.max(receipt.delivered_sequence, known?.delivered_sequence ?? 0)
      return {
        receipts: new Map(before).set(account_id, { account_id, read_sequence, delivered_sequence }),
      }
    })
    if (receipt.account_id === this.#options.accountId) void refreshRooms()
  }

  async #readReceipts(): Promise<void> {
    const answer = await client.call('listRoomReceipts', { path: this.#path }).catch(() => undefined)
    for (const receipt of answer?.items ?? []) this.#moved(receipt)
  }

  async #tellRead(sequence: number): Promise<void> {
    const { unread_count, mention_count } = await this.room.markRead(sequence)
    amendRoom(this.#options.roomId, { unread_count, mention_count })
  }

  async #restore(): Promise<void> {
    const { database, roomId } = this.#options
    const kept = await database.messages.where({ roomId }).sortBy('id')
    for (const { pending } of kept) {
      this.room.timeline.addPending(pending)
      if (pending.problem !== undefined) this.room.timeline.markFailed(pending.id, pending.problem)
    }
    this.#options.onPending()
    void this.flush()
  }

  get #keptKey(): string {
    return `messages ${this.#options.roomId}`
  }

  #keepSoon(): void {
    const wait = Math.max(0, this.#keptAt + KEEP_EVERY_MS - performance.now())
    this.#keeping ??= setTimeout(() => void this.#keepNewest(), wait)
  }

  async #keepNewest(): Promise<void> {
    this.#keeping = undefined
    const value = newestPage(this.room.timeline.snapshot())
    if (!value) return
    this.#keptAt = performance.now()
    // A device that keeps nothing still talks.
    await this.#options.database.answers.put({ key: this.#keptKey, value }).catch(() => {})
  }

  async #keep(pending: PendingMessage): Promise<void> {
    await this.#options.database.messages.put({ id: pending.id, roomId: this.#options.roomId, pending })
    this.#options.onPending()
  }

  async #deliver(pending: PendingMessage): Promise<void> {
    try {
      await this.room.deliver(pending)
      await this.#options.database.messages.delete(pending.id)
      this.#retryMs = FIRST_RETRY_MS
    } catch (error) {
      const kept = this.room.timeline.pending.find(({ id }) => id === pending.id)
      if (kept?.state === 'failed') await this.#keep(kept)
      else if (kept) this.#tryLater(error)
    }
    this.#options.onPending()
  }

  #tryLater(error: unknown): void {
    const told = error instanceof ApiError ? error.retryAfter : undefined
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.flush(), told === undefined ? this.#retryMs : told * 1000)
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2)
  }
}
