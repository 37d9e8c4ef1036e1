import type { components } from '@stoa/contracts'
import { addSpan, holes, reachedFrom, type Span } from './spans.ts'

type Schemas = components['schemas']
export type RoomMessage = Schemas['Message']
export type MessagePage = Schemas['MessagePage']
export type RoomChanges = Schemas['RoomChanges']

/** What a person is about to say. */
export interface MessageDraft {
  readonly body: string
  readonly thread_root_id?: string
  readonly citations?: readonly Schemas['NewCitation'][]
  readonly quotes?: readonly Schemas['NewQuote'][]
  readonly attachment_ids?: readonly string[]
}

/** A message of our own that the server has not confirmed. */
export interface PendingMessage extends MessageDraft {
  /** Made here; the message will have it. Sending it again gives the same message. */
  readonly id: string
  readonly state: 'waiting' | 'failed'
  /** Why the server refused it; see `ApiError.code`. */
  readonly problem?: string
  /** Milliseconds since 1970, by this device. */
  readonly created_at: number
}

export type TimelineRow =
  | { readonly kind: 'message'; readonly key: string; readonly message: RoomMessage }
  /** Messages that are not held: load them with `before: to + 1` or `after: from - 1`. */
  | { readonly kind: 'gap'; readonly key: string; readonly from: number; readonly to: number }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingMessage }

export interface TimelineSnapshot {
  /** In the order of the room; own messages that are not confirmed last. Replies are not among them. */
  readonly rows: readonly TimelineRow[]
  readonly lastSequence: number
  readonly lastRevision: number
  /** Changes after this revision are missing: ask `listRoomChanges` with it. `undefined` when there are none. */
  readonly resumeAfter: number | undefined
  /** Up to this revision every change is known. */
  readonly knownRevision: number
  /** Nothing earlier exists than what is held first. */
  readonly atBeginning: boolean
  /** The newest message is held. */
  readonly atEnd: boolean
}

/** A change that was told of, with the message as it is now where the teller had it. */
export interface MessageEvent {
  readonly sequence: number
  readonly revision: number
  readonly message?: RoomMessage
}

/**
 * What one client knows of a room, and nothing else: no requests, no time, no chance.
 *
 * 1. Every merge keeps the highest revision of a message, the union of what is covered, and the highest counters heard of.
 *    So pages, changes and events may come in any order and any number of times: the same set of them gives the same rows.
 * 2. A message is shown only inside a covered stretch; between stretches stands a gap. Nothing is silently missing.
 * 3. `resumeAfter` is the last revision up to which every change is known, counted from the oldest state of anything held:
 *    asking for what came after it makes everything current.
 * 4. A pending message gives way to the confirmed one with its id, whichever way that comes.
 */
export class RoomTimeline {
  readonly roomId: string
  #messages = new Map<string, RoomMessage>()
  /** Sequences of which it is known what stands there. */
  #covered: readonly Span[] = []
  /** Revisions that were seen. */
  #heard: readonly Span[] = []
  /** The oldest state of the room in which anything held was current. */
  #since: number | undefined
  #lastSequence = 0
  #lastRevision = 0
  #pending: readonly PendingMessage[] = []
  readonly #edits = new Map<string, { readonly version: number; readonly body: string }>()
  readonly #rows = new WeakMap<RoomMessage, TimelineRow>()
  readonly #listeners = new Set<() => void>()
  #snapshot: TimelineSnapshot | undefined

  constructor(roomId: string) {
    this.roomId = roomId
  }

  /** Messages of the room around a place. */
  mergePage(page: MessagePage): void {
    this.#take(page.items)
    this.#covered = addSpan(this.#covered, { from: page.from_sequence, to: page.to_sequence })
    this.#seen(page.last_sequence, page.last_revision)
    this.#currentAt(page.last_revision)
    this.#changed()
  }

  /** Messages of one thread: what is between them elsewhere is not known. */
  mergeThread(page: MessagePage): void {
    this.#take(page.items)
    this.#seen(page.last_sequence, page.last_revision)
    this.#currentAt(page.last_revision)
    this.#changed()
  }

  /** The answer to `listRoomChanges` that was asked with `after`. */
  mergeChanges(after: number, changes: RoomChanges): void {
    for (const message of changes.items) this.#stand(message, changes.last_revision)
    this.#heard = addSpan(this.#heard, { from: after + 1, to: changes.through_revision })
    this.#seen(changes.last_sequence, changes.last_revision)
    this.#changed()
  }

  /**
   * One message as the server answered it. `asOf`: the newest revision that was heard of when it was asked; without it a
   * message that has not changed for long makes everything since then be asked for again.
   */
  mergeMessage(message: RoomMessage, asOf = 0): void {
    this.#stand(message, Math.max(asOf, message.revision))
    this.#changed()
  }

  /** Without the message it is only known that something is missing. */
  applyEvent({ sequence, revision, message }: MessageEvent): void {
    this.#seen(sequence, revision)
    if (message) {
      this.#stand(message, message.revision)
      if (message.revision >= revision) this.#heard = addSpan(this.#heard, { from: revision, to: revision })
    }
    this.#changed()
  }

  /** Counters from elsewhere, e.g. the list of rooms: tells whether anything is missing. */
  noteCounters(lastSequence: number, lastRevision: number): void {
    this.#seen(lastSequence, lastRevision)
    this.#changed()
  }

  /** Shows a message before it is sent. The same id again changes nothing. */
  addPending(pending: PendingMessage): void {
    if (this.#pending.some((one) => one.id === pending.id)) return
    this.#pending = [...this.#pending, pending]
    this.#changed()
  }

  /** `undefined`: it is to be tried again. */
  markFailed(id: string, problem: string | undefined): void {
    this.#pending = this.#pending.map(({ problem: _, ...one }): PendingMessage => {
      if (one.id !== id) return _ === undefined ? one : { ...one, problem: _ }
      return problem === undefined ? { ...one, state: 'waiting' } : { ...one, state: 'failed', problem }
    })
    this.#changed()
  }

  /** Takes a message back that was not confirmed. */
  removePending(id: string): void {
    this.#pending = this.#pending.filter((one) => one.id !== id)
    this.#changed()
  }

  /** Shows an edit before it is confirmed: until the message has a newer version, or the edit is taken back. */
  showEdit(id: string, edit: { readonly version: number; readonly body: string } | undefined): void {
    if (edit) this.#edits.set(id, edit)
    else this.#edits.delete(id)
    this.#changed()
  }

  /** Starts afresh, but for what is not confirmed: after a long absence. */
  forget(): void {
    this.#messages = new Map()
    this.#covered = []
    this.#heard = []
    this.#since = undefined
    this.#changed()
  }

  /** As it is shown: an edit that is not confirmed is applied. */
  message(id: string): RoomMessage | undefined {
    const message = this.#messages.get(id)
    const edit = this.#edits.get(id)
    if (!message || !edit || message.version > edit.version || message.deleted_at !== null) return message
    return { ...message, body: edit.body }
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending.filter((one) => !this.#messages.has(one.id))
  }

  /** Every message that is held, replies too, in order. */
  known(): RoomMessage[] {
    return [...this.#messages.values()].sort((a, b) => a.sequence - b.sequence)
  }

  /** Replies that are held, in order, and those not confirmed. */
  thread(rootId: string): TimelineRow[] {
    const replies = [...this.#messages.values()].filter((one) => one.thread_root_id === rootId)
    return [
      ...replies.sort((a, b) => a.sequence - b.sequence).map((one) => this.#row(one)),
      ...this.#waiting(rootId),
    ]
  }

  /** The same object until something changes. */
  snapshot(): TimelineSnapshot {
    this.#snapshot ??= this.#build()
    return this.#snapshot
  }

  /** Called after every change. Returns how to end it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(messages: readonly RoomMessage[]): void {
    for (const message of messages) {
      const known = this.#messages.get(message.id)
      if (!known || known.revision < message.revision) this.#messages.set(message.id, message)
    }
  }

  /** A message by itself, current in one state of the room: its own place and its last change are known. */
  #stand(message: RoomMessage, asOf: number): void {
    this.#take([message])
    this.#currentAt(asOf)
    this.#covered = addSpan(this.#covered, { from: message.sequence, to: message.sequence })
    this.#heard = addSpan(this.#heard, { from: message.revision, to: message.revision })
    this.#seen(message.sequence, message.revision)
  }

  #currentAt(revision: number): void {
    this.#since = Math.min(this.#since ?? revision, revision)
  }

  #seen(sequence: number, revision: number): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence)
    this.#lastRevision = Math.max(this.#lastRevision, revision)
  }

  #changed(): void {
    this.#pending = this.pending
    this.#snapshot = undefined
    for (const listener of this.#listeners) listener()
  }

  #row(message: RoomMessage): TimelineRow {
    const shown = this.message(message.id) ?? message
    const kept = this.#rows.get(shown)
    if (kept) return kept
    const row: TimelineRow = { kind: 'message', key: message.id, message: shown }
    this.#rows.set(shown, row)
    return row
  }

  #waiting(rootId: string | undefined): TimelineRow[] {
    return this.pending
      .filter((one) => one.thread_root_id === rootId)
      .map((pending) => ({ kind: 'pending', key: pending.id, pending }))
  }

  #build(): TimelineSnapshot {
    const gaps = holes(this.#covered, this.#lastSequence)
    const shown = [...this.#messages.values()]
      .filter((one) => one.thread_root_id === null && isIn(this.#covered, one.sequence))
      .map((one) => ({ at: one.sequence, row: this.#row(one) }))
    const rows = [
      ...shown,
      ...gaps.map(({ from, to }) => ({
        at: from,
        row: { kind: 'gap' as const, key: `gap ${from}`, from, to },
      })),
    ]
    const reached = this.#since === undefined ? undefined : reachedFrom(this.#heard, this.#since + 1)
    return {
      knownRevision: reached ?? 0,
      rows: [...rows.sort((a, b) => a.at - b.at).map((one) => one.row), ...this.#waiting(undefined)],
      lastSequence: this.#lastSequence,
      lastRevision: this.#lastRevision,
      resumeAfter: reached !== undefined && reached < this.#lastRevision ? reached : undefined,
      atBeginning: this.#covered[0]?.from === 1 || this.#lastSequence === 0,
      atEnd: (this.#covered.at(-1)?.to ?? 0) >= this.#lastSequence,
    }
  }
}

function isIn(spans: readonly Span[], place: number): boolean {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    const span = spans[middle] as Span
    if (span.to < place) low = middle + 1
    else if (span.from > place) high = middle
    else return true
  }
  return false
}
