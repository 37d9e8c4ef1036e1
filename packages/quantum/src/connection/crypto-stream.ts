import { QuantumError } from '../errors.ts'
import { MAX_HANDSHAKE_MESSAGE } from '../handshake/messages.ts'
import { Reassembly } from '../streams/reassembly.ts'
import { type Chunk, SendPart } from '../streams/send-part.ts'
import { StreamKind } from '../wire/constants.ts'
import { Reader } from '../wire/varint.ts'

/** The bytes of handshake messages in one packet number space: reliable and in order, like a stream without flow control. */
export class CryptoStream {
  readonly #sender = new SendPart(StreamKind.bytes, Number.POSITIVE_INFINITY)
  readonly #data = new Reassembly()
  #next = 0

  send(message: Uint8Array): void {
    this.#sender.write(message)
  }

  get hasWork(): boolean {
    return this.#sender.hasWork(Number.POSITIVE_INFINITY)
  }

  next(chunk: Chunk, space: number): boolean {
    return this.#sender.next(chunk, space, Number.POSITIVE_INFINITY)
  }

  copy(chunk: Chunk, out: Uint8Array, at: number): void {
    this.#sender.copy(chunk, out, at)
    this.#sender.onSent(chunk)
  }

  onAcked(offset: number, length: number): void {
    this.#sender.onAcked(offset, length, false)
  }

  onLost(offset: number, length: number): void {
    this.#sender.onLost(offset, length, false)
  }

  /** Everything not acknowledged is to be sent again. */
  resend(): void {
    this.#sender.onLost(0, this.#sender.sent, false)
  }

  /** Takes bytes in and gives each message that is whole to `onMessage` with its type and body. */
  receive(
    offset: number,
    data: Uint8Array,
    onMessage: (type: number, message: Uint8Array, body: Uint8Array) => void,
  ): void {
    if (offset + data.length > this.#next + MAX_HANDSHAKE_MESSAGE)
      throw new QuantumError('quantum.protocol_violation', 'A handshake message is too long.')
    this.#data.insert(offset, data)
    for (;;) {
      const available = this.#contiguous - this.#next
      if (available < 2) return
      const read = new Reader(this.#data.peek(this.#next, this.#next + Math.min(9, available)))
      const type = read.uint8()
      if (available < 1 + (1 << (read.bytes[1]! >> 6))) return
      const total = read.varint() + read.at
      if (total > MAX_HANDSHAKE_MESSAGE)
        throw new QuantumError('quantum.protocol_violation', 'A handshake message is too long.')
      if (available < total) return
      const message = this.#data.peek(this.#next, this.#next + total)
      this.#data.drop(this.#next, this.#next + total)
      this.#next += total
      onMessage(type, message, message.subarray(read.at))
    }
  }

  get #contiguous(): number {
    const { edges } = this.#data.received
    return edges[0] === 0 ? edges[1]! : 0
  }
}
