import { QuantumError } from '../errors.ts'
import type { Stream } from '../streams/stream.ts'
import { StreamKind } from '../wire/constants.ts'

/** Bytes written and not sent beyond which `write` waits. */
const HIGH_WATER = 1 << 20

interface Waiter {
  ready(): boolean
  resolve(): void
  reject(error: unknown): void
}

/**
 * One stream. Reading is by async iteration: chunks of bytes, or whole messages. Whoever does not read lets the peer's
 * window close; whoever awaits `write` and `send` keeps no more than about a megabyte waiting here.
 */
export class QuantumStream implements AsyncIterable<Uint8Array> {
  readonly #stream: Stream
  readonly #failure: () => QuantumError
  readonly #maxMessage: () => number
  #readable: (() => void) | undefined
  readonly #writers: Waiter[] = []
  #over = false

  /** `failure`: why the connection ended, once it has. */
  constructor(stream: Stream, failure: () => QuantumError, maxMessage: () => number) {
    this.#stream = stream
    this.#failure = failure
    this.#maxMessage = maxMessage
    stream.onReadable = () => this.#wakeReader()
    stream.onWritable = () => this.#settleWriters()
    stream.onClosed = () => this.#onClosed()
  }

  get id(): number {
    return this.#stream.id
  }

  get kind(): 'bytes' | 'messages' | 'unordered' {
    return this.#stream.kindName
  }

  /** Came before the client had proved itself in this connection: may be a replay, at most once. Do nothing with it that must not be repeated. */
  get early(): boolean {
    return this.#stream.early
  }

  /** Bytes written and not acknowledged. */
  get buffered(): number {
    return this.#stream.buffered
  }

  /** Priority 0 (first) to 7 (last) among the streams of this side. */
  set priority(priority: number) {
    if (!this.#stream.queued) this.#stream.priority = Math.min(7, Math.max(0, Math.trunc(priority)))
  }

  /** Sends bytes; resolves at once, or when enough of what waits has been sent. */
  write(data: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    this.#require(StreamKind.bytes)
    this.#stream.writeCopy(data)
    return this.#untilSent(options.signal)
  }

  /** Sends one message on a stream of messages. */
  send(message: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    this.#require(StreamKind.messages, StreamKind.unordered)
    if (message.length > this.#maxMessage())
      return Promise.reject(
        new QuantumError(
          'quantum.too_large',
          `The peer takes messages of at most ${this.#maxMessage()} bytes.`,
        ),
      )
    this.#stream.writeMessage(message)
    return this.#untilSent(options.signal)
  }

  #require(...kinds: readonly StreamKind[]): void {
    if (this.#over && !this.#stream.finished) throw this.#failure()
    if (!this.#stream.sender)
      throw new QuantumError('quantum.stream_closed', 'This stream is for reading only.')
    if (!kinds.includes(this.#stream.kind))
      throw new TypeError(`A stream of kind ${this.kind} is not written this way.`)
  }

  #untilSent(signal?: AbortSignal): Promise<void> {
    const { sender } = this.#stream
    if (!sender || sender.queued <= HIGH_WATER) return DONE
    return this.#wait(() => sender.queued <= HIGH_WATER / 2, signal)
  }

  /** Ends the sending half; resolves when the peer has acknowledged everything. */
  end(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { sender } = this.#stream
    if (!sender || sender.finished) return DONE
    this.#stream.end()
    const done = this.#wait(() => sender.finished, options.signal)
    // Who does not wait for the acknowledgement learns of a failure elsewhere.
    done.catch(() => {})
    return done
  }

  /** Ends the sending half at once; the peer's reader gets `quantum.stream_reset` with this code. */
  reset(code = 0): void {
    this.#stream.reset(code)
    this.#settleWriters()
  }

  /** Tells the peer that nothing more will be read. */
  stop(code = 0): void {
    this.#stream.stop(code)
  }

  #wait(ready: () => boolean, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(abortedBy(signal))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter = { ready, resolve, reject }
    this.#writers.push(waiter)
    if (signal) {
      const onAbort = () => {
        this.#remove(waiter)
        reject(abortedBy(signal))
      }
      signal.addEventListener('abort', onAbort, { once: true })
      promise.then(
        () => signal.removeEventListener('abort', onAbort),
        () => signal.removeEventListener('abort', onAbort),
      )
    }
    this.#settleWriters()
    return promise
  }

  #remove(waiter: Waiter): void {
    const at = this.#writers.indexOf(waiter)
    if (at >= 0) this.#writers.splice(at, 1)
  }

  #settleWriters(): void {
    const { sender } = this.#stream
    for (const waiter of [...this.#writers]) {
      const failure = this.#writeFailure()
      if (waiter.ready()) waiter.resolve()
      else if (failure) waiter.reject(failure)
      else continue
      this.#remove(waiter)
    }
    if (this.#over || sender?.finished) return
  }

  #writeFailure(): QuantumError | undefined {
    const { sender } = this.#stream
    if (sender?.stopCode !== undefined)
      return new QuantumError('quantum.stream_stopped', 'The peer wants no more data on this stream.', {
        details: { code: sender.stopCode },
      })
    if (sender?.resetCode !== undefined)
      return new QuantumError('quantum.stream_closed', 'The stream was reset on this side.')
    return this.#over ? this.#failure() : undefined
  }

  #onClosed(): void {
    this.#over = true
    this.#settleWriters()
    this.#wakeReader()
  }

  #wakeReader(): void {
    const wake = this.#readable
    this.#readable = undefined
    wake?.()
  }

  /** The next chunk or message; `undefined` at the end. Throws when the stream was reset or the connection failed. */
  async read(options: { signal?: AbortSignal } = {}): Promise<Uint8Array | undefined> {
    for (;;) {
      const data = this.#take()
      if (data || this.#atEnd()) return data
      await this.#untilReadable(options.signal)
    }
  }

  #take(): Uint8Array | undefined {
    const { kind } = this.#stream
    return kind === StreamKind.bytes ? this.#stream.read() : this.#stream.readMessage()
  }

  #atEnd(): boolean {
    const { receiver } = this.#stream
    if (!receiver || receiver.stopped) return true
    if (receiver.resetCode !== undefined)
      throw new QuantumError('quantum.stream_reset', 'The peer ended the stream early.', {
        details: { code: receiver.resetCode },
      })
    if (receiver.finalSize !== undefined && receiver.consumed === receiver.finalSize) return true
    if (this.#over) throw this.#failure()
    return false
  }

  #untilReadable(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(abortedBy(signal))
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#readable = undefined
        if (signal) reject(abortedBy(signal))
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#readable = () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
    })
  }

  /** Leaving the loop early tells the peer that nothing more will be read. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let whole = false
    try {
      for (;;) {
        const data = await this.read()
        if (data === undefined) {
          whole = true
          return
        }
        yield data
      }
    } finally {
      if (!whole) this.stop()
    }
  }
}

const DONE = Promise.resolve()

export function abortedBy(signal: AbortSignal): QuantumError {
  return new QuantumError('quantum.aborted', 'The call was aborted.', { cause: signal.reason })
}
