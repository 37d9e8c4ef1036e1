import { malformed } from './errors.ts'

const LONGEST_VARINT = 10

/** Reads what a peer sent, never past its end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  get remaining(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    if (this.done) throw malformed('The message ends too early.')
    return this.#bytes[this.#at++]!
  }

  /** A view of the next `count` bytes, valid as long as the message is. */
  bytes(count: number): Uint8Array {
    if (count > this.remaining) throw malformed('The message ends too early.')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  /** A whole number up to 2^53 - 1 (WIRE-2). */
  varint(): number {
    let value = 0
    for (let length = 1; ; length++) {
      const byte = this.byte()
      value = value * 128 + (byte & 127)
      if (value > Number.MAX_SAFE_INTEGER) throw malformed('A number is larger than 2^53 - 1.')
      if (byte < 128) return value
      if (length === LONGEST_VARINT) throw malformed('A number is longer than ten bytes.')
    }
  }
}
