import { QuantumError } from '../errors.ts'
import { StreamKind } from '../wire/constants.ts'
import { varintLength, writeVarint } from '../wire/varint.ts'
import { RangeSet } from './range-set.ts'
import { SendBuffer } from './send-buffer.ts'

/** A range of a stream on its way; what `SendPart.next` answers with. Reused. */
export interface Chunk {
  offset: number
  length: number
  fin: boolean
  /** It begins at the first byte of a message (unordered streams). */
  message: boolean
  /** Sent for the first time: counts against flow control. */
  fresh: boolean
}

/** The sending half of a stream: what was written, sent, acknowledged, lost. Retransmission is of ranges, not of packets. */
export class SendPart {
  readonly kind: StreamKind
  readonly #buffer = new SendBuffer()
  readonly #lost = new RangeSet()
  readonly #acked = new RangeSet()
  /** Starts of messages not yet released (unordered streams), ascending. */
  #starts: number[] = []
  /** First offset never sent. */
  sent = 0
  /** Offset up to which the peer lets us send. */
  limit: number
  #fin = false
  #finSent = false
  /** The frame with the end has arrived; data before it may be missing. */
  #finSeen = false
  #finAcked = false
  /** Application code of a reset, once asked for. */
  resetCode: number | undefined
  #resetAcked = false
  /** Code of the peer's STOP_SENDING. */
  stopCode: number | undefined

  constructor(kind: StreamKind, limit: number) {
    this.kind = kind
    this.limit = limit
  }

  get end(): number {
    return this.#buffer.end
  }

  /** Bytes written and not yet sent. */
  get queued(): number {
    return this.#buffer.end - this.sent
  }

  /** Bytes held until they are acknowledged. */
  get held(): number {
    return this.#buffer.end - (this.#acked.edges[0] === 0 ? this.#acked.edges[1]! : 0)
  }

  get finished(): boolean {
    return this.#finAcked || this.#resetAcked
  }

  get ended(): boolean {
    return this.#fin || this.resetCode !== undefined
  }

  write(data: Uint8Array): void {
    this.#checkOpen()
    this.#buffer.write(data)
  }

  writeCopy(data: Uint8Array): void {
    this.#checkOpen()
    this.#buffer.writeCopy(data)
  }

  /** A message is its length and its bytes; offsets run on, so flow control and acknowledgement are those of bytes. */
  writeMessage(data: Uint8Array): void {
    this.#checkOpen()
    if (this.kind === StreamKind.unordered) this.#starts.push(this.#buffer.end)
    const prefix = varintLength(data.length)
    const framed = new Uint8Array(prefix + data.length)
    framed.set(data, writeVarint(framed, 0, data.length))
    this.#buffer.write(framed)
  }

  finish(): void {
    if (this.resetCode === undefined) this.#fin = true
  }

  reset(code: number): void {
    if (this.finished || this.resetCode !== undefined) return
    this.resetCode = code
    this.#buffer.clear()
    this.#lost.edges.length = 0
    this.#starts = []
  }

  #checkOpen(): void {
    if (this.stopCode !== undefined)
      throw new QuantumError('quantum.stream_stopped', 'The peer wants no more data on this stream.', {
        details: { code: this.stopCode },
      })
    if (this.ended)
      throw new QuantumError('quantum.stream_closed', 'The stream has ended; nothing can follow.')
  }

  /** Whether there is something that may go now; `credit`: bytes the connection's flow control leaves for fresh data. */
  hasWork(credit: number): boolean {
    if (this.resetCode !== undefined) return false
    if (!this.#lost.empty) return true
    if (this.#fin && !this.#finSent && this.sent === this.#buffer.end) return true
    return Math.min(this.#buffer.end, this.limit, this.sent + credit) > this.sent
  }

  /** Whether only flow control keeps data back. */
  get blocked(): boolean {
    return this.sent >= this.limit && this.#buffer.end > this.sent && this.resetCode === undefined
  }

  /** Fills `chunk` with the next range of at most `space` bytes; false when there is none. */
  next(chunk: Chunk, space: number, credit: number): boolean {
    if (this.resetCode !== undefined) return false
    const { edges } = this.#lost
    if (edges.length > 0) {
      const offset = edges[0]!
      this.#fill(chunk, offset, Math.min(edges[1]! - offset, space), false)
      return true
    }
    const room = Math.min(this.#buffer.end, this.limit, this.sent + credit) - this.sent
    const finDue = this.#fin && !this.#finSent && this.sent + Math.min(room, space) === this.#buffer.end
    if (room <= 0 && !finDue) return false
    this.#fill(chunk, this.sent, Math.min(room, space), true)
    return chunk.length > 0 || chunk.fin
  }

  #fill(chunk: Chunk, offset: number, length: number, fresh: boolean): void {
    chunk.offset = offset
    chunk.length = this.kind === StreamKind.unordered ? this.#untilMessage(offset, length) : length
    chunk.fin = this.#fin && offset + chunk.length === this.#buffer.end
    chunk.message = this.kind === StreamKind.unordered && this.#startsMessage(offset)
    chunk.fresh = fresh
  }

  /** A frame that begins within a message must end with it, so that its bytes need no further marks. */
  #untilMessage(offset: number, length: number): number {
    if (this.#startsMessage(offset)) return length
    const next = this.#starts[this.#indexOfStart(offset + 1)]
    return next === undefined ? length : Math.min(length, next - offset)
  }

  #startsMessage(offset: number): boolean {
    return this.#starts[this.#indexOfStart(offset)] === offset
  }

  #indexOfStart(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether fresh data waits for nothing but the connection's flow control. */
  starved(credit: number): boolean {
    return credit <= 0 && this.sent < Math.min(this.#buffer.end, this.limit) && this.resetCode === undefined
  }

  /** The first range that was sent and is neither acknowledged nor taken for lost: what a probe repeats. */
  oldestOutstanding(): { offset: number; length: number; fin: boolean; message: boolean } | undefined {
    if (this.resetCode !== undefined || this.finished) return undefined
    const { edges } = this.#acked
    const offset = edges[0] === 0 ? edges[1]! : 0
    const next = edges[0] === 0 ? edges[2] : edges[0]
    const end = Math.min(next ?? this.sent, this.sent)
    const fin = this.#finSent && end === this.#buffer.end
    if (end <= offset && !(fin && !this.#finSeen)) return undefined
    const length =
      this.kind === StreamKind.unordered ? this.#untilMessage(offset, end - offset) : end - offset
    return { offset, length, fin: fin && offset + length === end, message: this.#startsMessage(offset) }
  }

  copy(chunk: { offset: number; length: number }, out: Uint8Array, at: number): void {
    this.#buffer.copy(chunk.offset, chunk.length, out, at)
  }

  onSent({ offset, length, fin, fresh }: Chunk): void {
    if (fresh) this.sent = offset + length
    else this.#lost.remove(offset, offset + length)
    if (fin) this.#finSent = true
  }

  onAcked(offset: number, length: number, fin: boolean): void {
    if (this.resetCode !== undefined) return
    if (this.#acked.add(offset, offset + length) > 0) {
      this.#lost.remove(offset, offset + length)
      if (this.#acked.edges[0] === 0) this.#release(this.#acked.edges[1]!)
    }
    if (fin) this.#finSeen = true
    if (this.#finSeen) this.#finAcked = this.#acked.covers(0, this.#buffer.end)
  }

  #release(offset: number): void {
    this.#buffer.release(offset)
    // A message in part acknowledged keeps its start: what is left of it may have to be sent again.
    const gone = this.#indexOfStart(offset)
    if (gone > 32) this.#starts = this.#starts.slice(gone)
  }

  onLost(offset: number, length: number, fin: boolean): void {
    if (this.resetCode !== undefined) return
    this.#acked.missing(offset, offset + length, (start, end) => this.#lost.add(start, end))
    if (fin && !this.#finSeen) this.#finSent = false
  }

  /** The loss was none: what has not been sent again yet need not be. */
  onSpurious(offset: number, length: number, fin: boolean): void {
    this.onAcked(offset, length, fin)
  }

  /** Nothing that was sent has been kept by the peer, whose limit is this now: begin again. */
  rewind(limit: number): void {
    this.#lost.edges.length = 0
    this.sent = 0
    this.limit = limit
    this.#finSent = false
  }

  onResetAcked(): void {
    this.#resetAcked = true
  }

  isAcked(offset: number, length: number): boolean {
    return this.resetCode !== undefined || this.#acked.covers(offset, offset + length)
  }
}
