import { type Clock, systemClock, uuidv7 } from '@stoa/kernel'
import type { Client } from '../client.ts'
import { ApiError } from '../errors.ts'
import type { Input, Output } from '../operation-types.ts'
import {
  type MessageDraft,
  type MessagePage,
  type PendingMessage,
  type RoomMessage,
  RoomTimeline,
} from './timeline.ts'

/** Where to look at a conversation. */
export type RoomPlace =
  | { readonly message: string }
  | { readonly sequence: number }
  /** RFC 3339. */
  | { readonly date: string }
  | 'first unread'
  | 'newest'

/** Which room, on which server. */
export interface RoomOptions {
  readonly client: Pick<Client, 'call'>
  readonly roomId: string
  readonly clock?: Clock
  /** Messages asked for at a time. */
  readonly pageSize?: number
}

/** After so many missed changes a client that starts afresh is done sooner than one that reads them all. */
const TOO_MANY_CHANGES = 2000
const CHANGES_PAGE = 200

/**
 * A timeline with a server: loads what is asked for, sends in order, and catches up. Every method may be called again after
 * it failed; a message that was sent twice is one message.
 */
export class Room {
  readonly timeline: RoomTimeline
  readonly #client: Pick<Client, 'call'>
  readonly #path: { readonly room_id: string }
  readonly #clock: Clock
  readonly #size: number
  #catchingUp: Promise<void> | undefined
  /** Sends one after the other, so that they stand in the order in which they were written. */
  #sending: Promise<unknown> = Promise.resolve()

  constructor({ client, roomId, clock = systemClock, pageSize = 50 }: RoomOptions) {
    this.timeline = new RoomTimeline(roomId)
    this.#client = client
    this.#path = { room_id: roomId }
    this.#clock = clock
    this.#size = pageSize
  }

  /** Loads around a place; gives the sequence to scroll to. @throws ApiError, ConnectionError */
  async open(place: RoomPlace = 'newest'): Promise<number | null> {
    const page = await this.#page(queryOf(place))
    this.timeline.mergePage(page)
    return page.anchor_sequence ?? null
  }

  /** Loads a part of a gap from the side that the reader comes from. @throws ApiError, ConnectionError */
  async fill(gap: { readonly from: number; readonly to: number }, side: 'start' | 'end'): Promise<void> {
    const query = side === 'end' ? { before: gap.to + 1 } : { after: gap.from - 1 }
    this.timeline.mergePage(await this.#page(query))
  }

  /** Loads the replies to a message. @throws ApiError, ConnectionError */
  async openThread(rootId: string): Promise<void> {
    const path = { ...this.#path, message_id: rootId }
    await this.#merge(() => this.#client.call('getMessage', { path }))
    for (let after: number | null = 0; after !== null; ) {
      const page: MessagePage = await this.#page({ thread: rootId, after, limit: 200 })
      this.timeline.mergeThread(page)
      after = page.after === null ? null : page.to_sequence
    }
  }

  /**
   * Asks for every change that is missing; does nothing when none is. Calls at the same time are one.
   * @throws ApiError, ConnectionError
   */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readChanges().finally(() => {
      this.#catchingUp = undefined
    })
    return this.#catchingUp
  }

  /** Asks whether anything has changed: for a client that nobody tells. @throws ApiError, ConnectionError */
  async refresh(): Promise<void> {
    const after = this.timeline.snapshot().knownRevision
    const query = { after, limit: CHANGES_PAGE }
    const changes = await this.#client.call('listRoomChanges', { path: this.#path, query })
    this.timeline.mergeChanges(after, changes)
    await this.catchUp()
  }

  /**
   * Shows the message at once and sends it after those before it. Resolves with the confirmed message; when it could not be
   * sent it stays among the pending ones, as `failed` where the server refused it.
   * @throws ApiError, ConnectionError
   */
  send(draft: MessageDraft): Promise<RoomMessage> {
    const now = this.#clock.now()
    const pending: PendingMessage = { ...draft, id: uuidv7(this.#clock), state: 'waiting', created_at: now }
    this.timeline.addPending(pending)
    return this.deliver(pending)
  }

  /** Sends a pending message, e.g. one kept from before a restart, or again. @throws ApiError, ConnectionError */
  deliver(pending: PendingMessage): Promise<RoomMessage> {
    this.timeline.addPending(pending)
    this.timeline.markFailed(pending.id, undefined)
    const sent = this.#sending.then(() => this.#deliver(pending))
    this.#sending = sent.catch(() => {})
    return sent
  }

  /** Shows the new text at once; takes it back when the server refuses it. @throws ApiError, ConnectionError */
  async edit(id: string, body: string): Promise<RoomMessage> {
    const version = this.timeline.message(id)?.version ?? 1
    this.timeline.showEdit(id, { version, body })
    try {
      const path = { ...this.#path, message_id: id }
      return await this.#merge(() => this.#client.call('updateMessage', { path, body: { version, body } }))
    } finally {
      this.timeline.showEdit(id, undefined)
    }
  }

  /** @throws ApiError, ConnectionError */
  async remove(id: string): Promise<void> {
    const path = { ...this.#path, message_id: id }
    await this.#client.call('deleteMessage', { path })
    await this.#merge(() => this.#client.call('getMessage', { path }))
  }

  /** Adds or takes back a reaction of one's own. @throws ApiError, ConnectionError */
  react(id: string, emoji: string, on: boolean): Promise<RoomMessage> {
    const path = { ...this.#path, message_id: id, emoji }
    return this.#merge(() => this.#client.call(on ? 'addReaction' : 'removeReaction', { path }))
  }

  /** Moves the read marker to what is shown. @throws ApiError, ConnectionError */
  markRead(sequence: number): Promise<Output<'markRoomRead'>> {
    return this.#client.call('markRoomRead', { path: this.#path, body: { sequence } })
  }

  async #deliver(pending: PendingMessage): Promise<RoomMessage> {
    const { path, body } = { path: this.#path, body: bodyOf(pending) }
    const options = { idempotencyKey: pending.id }
    try {
      return await this.#merge(() => this.#client.call('sendMessage', { path, body }, options))
    } catch (error) {
      if (error instanceof ApiError && isFinal(error)) this.timeline.markFailed(pending.id, error.code)
      throw error
    }
  }

  /** The answer is current in some state after the last one that was heard of before. */
  async #merge(asking: () => Promise<RoomMessage>): Promise<RoomMessage> {
    const asOf = this.timeline.snapshot().lastRevision
    const message = await asking()
    this.timeline.mergeMessage(message, asOf)
    return message
  }

  #page(query: object): Promise<MessagePage> {
    return this.#client.call('listMessages', { path: this.#path, query: { limit: this.#size, ...query } })
  }

  async #readChanges(): Promise<void> {
    for (;;) {
      const { resumeAfter, lastRevision } = this.timeline.snapshot()
      if (resumeAfter === undefined) return
      if (lastRevision - resumeAfter > TOO_MANY_CHANGES) {
        this.timeline.forget()
        await this.open()
        return
      }
      const query = { after: resumeAfter, limit: CHANGES_PAGE }
      const changes = await this.#client.call('listRoomChanges', { path: this.#path, query })
      this.timeline.mergeChanges(resumeAfter, changes)
    }
  }
}

function queryOf(place: RoomPlace) {
  if (place === 'newest') return {}
  if (place === 'first unread') return { first_unread: true }
  if ('message' in place) return { around_message: place.message }
  return 'sequence' in place ? { around_sequence: place.sequence } : { around_date: place.date }
}

function bodyOf(pending: PendingMessage): Input<'sendMessage'>['body'] {
  const { id, body, thread_root_id, citations, quotes, attachment_ids } = pending
  return {
    ...{ id, body },
    ...(thread_root_id !== undefined && { thread_root_id }),
    ...(citations && { citations: [...citations] }),
    ...(quotes && { quotes: [...quotes] }),
    ...(attachment_ids && { attachment_ids: [...attachment_ids] }),
  }
}

/** Trying again gives the same answer; what is overloaded, signed out or not reached is tried again. */
const isFinal = ({ status }: ApiError): boolean =>
  status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status)
