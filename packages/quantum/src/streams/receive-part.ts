import { QuantumError } from '../errors.ts'
import { StreamFlag, StreamKind } from '../wire/constants.ts'
import { Reader } from '../wire/varint.ts'
import { Reassembly } from './reassembly.ts'

/** Most pieces with gaps between them: bounds what a peer that sends crumbs can make us hold. */
const MAX_PIECES = 16_384

/** The receiving half of a stream: what arrived, what was read, how much more may come. */
export class ReceivePart {
  readonly kind: StreamKind
  readonly #window: number
  readonly #maxMessage: number
  readonly #data = new Reassembly()
  /** Starts of unordered messages that have not arrived whole. */
  #partial: number[] = []
  /** Unordered messages that have, with the bytes they took of the window. */
  #complete: { message: Uint8Array; size: number }[] = []
  /** Next byte to read, in ordered kinds. */
  #next = 0
  /** Bytes given to the application: they are what opens the window again. */
  consumed = 0
  /** Of these, those that the connection's flow control has counted. */
  counted = 0
  /** Highest offset seen: what counts against flow control. */
  highest = 0
  /** Offset up to which the peer may send. */
  limit: number
  finalSize: number | undefined
  resetCode: number | undefined
  /** The application wants no more: what comes is counted and dropped. */
  stopped = false

  constructor(kind: StreamKind, window: number, maxMessage: number) {
    this.kind = kind
    this.#window = window
    this.#maxMessage = maxMessage
    this.limit = window
  }

  /** Everything has arrived (or the peer gave up) and was read, or will not be. */
  get finished(): boolean {
    if (this.resetCode !== undefined) return true
    if (this.finalSize === undefined) return false
    return this.stopped || this.consumed === this.finalSize
  }

  /** Data of a STREAM frame. Returns whether something became readable; the caller compares `highest` before and after. */
  onData(offset: number, data: Uint8Array, flags: number): boolean {
    const end = offset + data.length
    this.#checkSize(end, (flags & StreamFlag.fin) > 0)
    if (this.resetCode !== undefined) return false
    if (this.stopped) {
      this.consumed = this.highest
      return false
    }
    if (flags & StreamFlag.message && this.kind === StreamKind.unordered) this.#noteStarts(offset, data)
    const fresh = this.#data.insert(offset, data)
    if (this.#data.count > MAX_PIECES)
      throw new QuantumError('quantum.protocol_violation', 'A stream arrives in too many small pieces.')
    if (fresh > 0 && this.kind === StreamKind.unordered) this.#completeMessages()
    return fresh > 0 || this.finalSize === this.consumed
  }

  #checkSize(end: number, fin: boolean): void {
    if (end > this.limit) throw new QuantumError('quantum.flow_control', 'A stream exceeds its limit.')
    if (this.finalSize !== undefined && (end > this.finalSize || (fin && end !== this.finalSize)))
      throw new QuantumError('quantum.protocol_violation', 'A stream goes on behind its end.')
    if (fin && end < this.highest)
      throw new QuantumError('quantum.protocol_violation', 'A stream ends before data it has sent.')
    if (fin) this.finalSize = end
    if (end > this.highest) this.highest = end
  }

  onReset(code: number, finalSize: number): void {
    const { finished } = this
    this.#checkSize(finalSize, true)
    if (finished) return
    this.resetCode = code
    this.consumed = finalSize
    this.#data.clear()
    this.#partial = []
    this.#complete = []
  }

  stop(): void {
    this.stopped = true
    this.consumed = this.highest
    this.#data.clear()
    this.#partial = []
    this.#complete = []
  }

  /** The next bytes in order; `undefined` when they have not arrived. */
  read(): Uint8Array | undefined {
    const piece = this.#data.shift(this.#next)
    if (piece) {
      this.#next += piece.length
      this.consumed += piece.length
    }
    return piece
  }

  /** The next message: in order, or as they came. */
  readMessage(): Uint8Array | undefined {
    if (this.kind === StreamKind.unordered) {
      const next = this.#complete.shift()
      if (next) this.consumed += next.size
      return next?.message
    }
    const bounds = this.#bounds(this.#next)
    if (!bounds || bounds.end > this.#contiguous) return undefined
    return this.#takeMessage(bounds, true)
  }

  get #contiguous(): number {
    const { edges } = this.#data.received
    return edges[0] === 0 ? edges[1]! : 0
  }

  /** Where the message that begins at `start` has its bytes; `undefined` while its length has not arrived. */
  #bounds(start: number): { start: number; body: number; end: number } | undefined {
    const { received } = this.#data
    if (!received.covers(start, start + 1)) return undefined
    const prefix = 1 << (this.#data.peek(start, start + 1)[0]! >> 6)
    if (!received.covers(start, start + prefix)) return undefined
    const length = new Reader(this.#data.peek(start, start + prefix)).varint()
    if (length > this.#maxMessage)
      throw new QuantumError('quantum.protocol_violation', 'A message is longer than is taken here.')
    return { start, body: start + prefix, end: start + prefix + length }
  }

  #takeMessage(
    { start, body, end }: { start: number; body: number; end: number },
    ordered: boolean,
  ): Uint8Array {
    const message = this.#data.peek(body, end)
    this.#data.drop(start, end)
    if (ordered) {
      this.#next = end
      this.consumed += end - start
    }
    return message
  }

  /** Remembers where messages begin in a frame that begins with one. */
  #noteStarts(offset: number, data: Uint8Array): void {
    const { received } = this.#data
    for (let at = 0; at < data.length; ) {
      if (!received.covers(offset + at, offset + at + 1)) this.#partial.push(offset + at)
      const prefix = 1 << (data[at]! >> 6)
      if (at + prefix > data.length) return
      at += prefix + new Reader(data, at).varint()
    }
  }

  #completeMessages(): void {
    this.#partial = this.#partial.filter((start) => {
      const bounds = this.#bounds(start)
      if (!bounds || !this.#data.received.covers(start, bounds.end)) return true
      this.#complete.push({ message: this.#takeMessage(bounds, false), size: bounds.end - start })
      return false
    })
  }

  /** A new limit worth telling the peer, or 0. */
  nextLimit(): number {
    if (this.finalSize !== undefined || this.stopped) return 0
    const next = this.consumed + this.#window
    if (next - this.limit < this.#window / 4) return 0
    this.limit = next
    return next
  }
}
