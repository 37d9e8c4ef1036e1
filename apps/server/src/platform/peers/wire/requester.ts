import { PeerError } from '../errors.ts'
import type { RequestOptions } from '../peers.ts'
import type { Scheduler } from '../scheduler.ts'
import type { PeerStream, StreamEvents } from '../streams.ts'
import { encodeFrame, FRAME, type Frame, FrameError, FrameReader } from './frames.ts'
import { REFUSAL_BYTES, readRefusal } from './refusals.ts'

export interface RequesterOptions {
  /** Opens the stream. */
  readonly open: (events: StreamEvents, signal: AbortSignal) => Promise<PeerStream>
  readonly scheduler: Scheduler
  /** Longest answer where a request does not say. */
  readonly answerBytes: () => number
  /** So many are in flight at once; the others wait. */
  readonly inFlight: () => number
  readonly onViolation: (reason: 'malformed' | 'too_large') => void
  /** Nothing is in flight or waiting, and the stream is closed. */
  readonly onIdle: () => void
}

/** A request on its way: it waits for a place, then for the stream, then for its answer. */
interface Question {
  readonly body: Uint8Array
  readonly answerBytes: number
  readonly answered: (answer: Uint8Array) => void
  readonly failed: (reason: unknown) => void
  readonly onProgress: (() => void) | undefined
  state: 'waiting' | 'placed' | 'ended'
  /** When it was written: where, and under which number. */
  written: { readonly stream: PeerStream; readonly id: number } | undefined
}

const WAITING = 4096
const MAX_ID = 0xffff_ffff
export const DEFAULT_DEADLINE_MS = 10_000

/**
 * Asks one peer over one stream of one protocol. The stream is opened by the first request and again after it was closed;
 * a request that was written when the stream closed fails: nobody knows whether it was carried out.
 */
export class Requester {
  readonly #options: RequesterOptions
  readonly #pending = new Map<number, Question>()
  readonly #waiting = new Set<Question>()
  #stream: Promise<PeerStream> | undefined
  #opened: PeerStream | undefined
  #running = 0
  #lastId = 0

  constructor(options: RequesterOptions) {
    this.#options = options
  }

  async request(body: Uint8Array, options: RequestOptions): Promise<Uint8Array> {
    const { deadlineMs = DEFAULT_DEADLINE_MS, answerBytes = this.#options.answerBytes() } = options
    const { signal, onProgress } = options
    signal?.throwIfAborted()
    const { promise, resolve: answered, reject: failed } = Promise.withResolvers<Uint8Array>()
    const question: Question = {
      ...{ body, answerBytes, answered, failed, onProgress },
      ...{ state: 'waiting', written: undefined },
    }
    const late = () =>
      this.#giveUp(question, new PeerError('peers.timeout', `No answer within ${deadlineMs} ms.`))
    const giveUp = () => this.#giveUp(question, signal?.reason)
    const stopTimer = this.#options.scheduler.after(deadlineMs, late)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      this.#place(question)
      return await promise
    } finally {
      stopTimer()
      signal?.removeEventListener('abort', giveUp)
    }
  }

  /** Ends the stream; what is in flight fails as closed. */
  close(): void {
    this.#opened?.reset()
    this.#closed()
  }

  /** Asks when fewer than the allowed number are in flight. */
  #place(question: Question): void {
    if (this.#running < this.#options.inFlight()) {
      this.#running++
      void this.#ask(question)
    } else if (this.#waiting.size >= WAITING)
      throw new PeerError('peers.busy', `${WAITING} requests to this peer wait already.`)
    else this.#waiting.add(question)
  }

  /** Gives the place to the next one that waits. */
  #leave(): void {
    const [next] = this.#waiting
    if (next) {
      this.#waiting.delete(next)
      void this.#ask(next)
    } else if (--this.#running === 0 && this.#stream === undefined) this.#options.onIdle()
  }

  async #ask(question: Question): Promise<void> {
    question.state = 'placed'
    try {
      const stream = this.#opened ?? (await this.#open())
      // Given up while the stream opened: another has its place.
      if (question.state !== 'placed') return
      const id = this.#nextId()
      question.written = { stream, id }
      this.#pending.set(id, question)
      stream.write(encodeFrame(FRAME.request, id, question.body)).catch(() => this.#closed(stream))
    } catch (error) {
      if (this.#end(question)) question.failed(error)
    }
  }

  /** Whether it had not ended before. Its place goes to the next. */
  #end(question: Question): boolean {
    const { state, written } = question
    if (state === 'ended') return false
    question.state = 'ended'
    if (written) this.#pending.delete(written.id)
    if (state === 'waiting') this.#waiting.delete(question)
    else this.#leave()
    return true
  }

  #giveUp(question: Question, reason: unknown): void {
    const { state, written } = question
    if (state === 'ended') return
    // Before the next one is asked: there a place is free only when this one has been given up.
    if (written) this.#cancel(written.stream, written.id)
    this.#end(question)
    question.failed(reason)
  }

  #cancel(stream: PeerStream, id: number): void {
    stream.write(encodeFrame(FRAME.cancel, id)).catch(() => this.#closed(stream))
  }

  #nextId(): number {
    do this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1
    while (this.#pending.has(this.#lastId))
    return this.#lastId
  }

  #open(): Promise<PeerStream> {
    if (this.#stream) return this.#stream
    const reader = new FrameReader((kind) => this.#longest(kind))
    let mine: PeerStream | undefined
    let gone = false
    const events: StreamEvents = {
      data: (bytes) => {
        if (!gone) this.#read(reader, bytes, mine)
      },
      closed: () => {
        gone = true
        if (mine === undefined || mine === this.#opened) this.#closed(mine)
      },
    }
    const controller = new AbortController()
    const stop = this.#options.scheduler.after(DEFAULT_DEADLINE_MS, () =>
      controller.abort(new PeerError('peers.timeout', 'The stream did not open in time.')),
    )
    const opening = this.#options
      .open(events, controller.signal)
      .then((stream) => {
        mine = stream
        if (gone) throw new PeerError('peers.closed', 'The stream was closed as it opened.')
        this.#opened = stream
        return stream
      })
      .catch((error: unknown) => {
        if (this.#stream === opening) this.#stream = undefined
        throw error
      })
      .finally(stop)
    this.#stream = opening
    return opening
  }

  /** The longest answer that any request in flight would take; each one's own limit is checked when it is there. */
  #longest(kind: Frame['kind']): number {
    if (kind === FRAME.refusal) return REFUSAL_BYTES
    if (kind !== FRAME.answer) return 0
    let longest = 0
    for (const { answerBytes } of this.#pending.values()) longest = Math.max(longest, answerBytes)
    return longest
  }

  #read(reader: FrameReader, bytes: Uint8Array, stream: PeerStream | undefined): void {
    for (const { onProgress } of this.#pending.values()) onProgress?.()
    try {
      for (const frame of reader.push(bytes)) this.#take(frame)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      this.#options.onViolation('malformed')
      stream?.reset()
      this.#closed(stream)
    }
  }

  #take({ kind, id, body }: Frame): void {
    if (kind !== FRAME.answer && kind !== FRAME.refusal)
      throw new FrameError('A request where answers belong.')
    const question = this.#pending.get(id)
    if (!question) return // given up meanwhile
    this.#end(question)
    const result = kind === FRAME.refusal ? readRefusal(body) : this.#answerOf(question, body)
    if (result instanceof Error) question.failed(result)
    else question.answered(result)
  }

  #answerOf({ answerBytes }: Question, body: Uint8Array | undefined): Uint8Array | PeerError {
    if (body !== undefined && body.length <= answerBytes) return body
    this.#options.onViolation('too_large')
    return new PeerError('peers.too_large', `The answer is longer than ${answerBytes} bytes.`)
  }

  #closed(stream?: PeerStream): void {
    if (stream !== undefined && stream !== this.#opened) return
    this.#opened = undefined
    this.#stream = undefined
    for (const question of [...this.#pending.values()])
      if (this.#end(question))
        question.failed(new PeerError('peers.closed', 'The stream ended before the answer.'))
    if (this.#running === 0) this.#options.onIdle()
  }
}
