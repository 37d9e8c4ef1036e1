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

interface Pending {
  readonly answerBytes: number
  settle(answer: Uint8Array | Error): void
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
  readonly #pending = new Map<number, Pending>()
  readonly #waiting: (() => void)[] = []
  #stream: Promise<PeerStream> | undefined
  #opened: PeerStream | undefined
  #running = 0
  #lastId = 0

  constructor(options: RequesterOptions) {
    this.#options = options
  }

  async request(body: Uint8Array, options: RequestOptions): Promise<Uint8Array> {
    options.signal?.throwIfAborted()
    const controller = new AbortController()
    const { deadlineMs = DEFAULT_DEADLINE_MS, signal } = options
    const late = () => controller.abort(new PeerError('peers.timeout', `No answer within ${deadlineMs} ms.`))
    const stopTimer = this.#options.scheduler.after(deadlineMs, late)
    const giveUp = () => controller.abort(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      await this.#place(controller.signal)
      try {
        return await this.#exchange(body, options, controller.signal)
      } finally {
        this.#leave()
      }
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

  /** Waits until fewer than the allowed number are in flight. */
  #place(signal: AbortSignal): Promise<void> {
    if (this.#running < this.#options.inFlight()) {
      this.#running++
      return Promise.resolve()
    }
    if (this.#waiting.length >= WAITING)
      return Promise.reject(new PeerError('peers.busy', `${WAITING} requests to this peer wait already.`))
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const stop = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.push(go)
    })
  }

  /** Gives the place to the next one that waits. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else if (--this.#running === 0 && this.#stream === undefined) this.#options.onIdle()
  }

  async #exchange(body: Uint8Array, options: RequestOptions, signal: AbortSignal): Promise<Uint8Array> {
    const stream = await orAborted(this.#open(), signal)
    const id = this.#nextId()
    const answerBytes = options.answerBytes ?? this.#options.answerBytes()
    const answer = new Promise<Uint8Array>((resolve, reject) => {
      const settle = (result: Uint8Array | Error) => {
        this.#pending.delete(id)
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
      this.#pending.set(id, { answerBytes, settle })
    })
    const written = stream.write(encodeFrame(FRAME.request, id, body)).catch(() => this.#closed(stream))
    try {
      await orAborted(Promise.all([written, answer]), signal)
      return await answer
    } catch (error) {
      if (this.#pending.delete(id)) this.#cancel(stream, id)
      answer.catch(() => {})
      throw error
    }
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
    const pending = this.#pending.get(id)
    if (!pending) return // given up meanwhile
    pending.settle(kind === FRAME.refusal ? readRefusal(body) : this.#answerOf(pending, body))
  }

  #answerOf({ answerBytes }: Pending, body: Uint8Array | undefined): Uint8Array | PeerError {
    if (body !== undefined && body.length <= answerBytes) return body
    this.#options.onViolation('too_large')
    return new PeerError('peers.too_large', `The answer is longer than ${answerBytes} bytes.`)
  }

  #closed(stream?: PeerStream): void {
    if (stream !== undefined && stream !== this.#opened) return
    this.#opened = undefined
    this.#stream = undefined
    for (const { settle } of [...this.#pending.values()])
      settle(new PeerError('peers.closed', 'The stream ended before the answer.'))
    if (this.#running === 0) this.#options.onIdle()
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
