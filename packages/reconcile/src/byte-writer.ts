/** Bytes that grow; varints as the protocol writes them. */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** Takes back everything after `length`. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length)
  }

  byte(value: number): void {
    this.reserve(1)
    this.#bytes[this.#length++] = value
  }

  bytes(source: Uint8Array): void {
    this.reserve(source.length)
    this.#bytes.set(source, this.#length)
    this.#length += source.length
  }

  /** `value` is a whole number from 0 to 2^53 - 1: base 128, most significant first, high bit on all but the last (WIRE-2). */
  varint(value: number): void {
    let size = 1
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++
    this.reserve(size)
    let rest = value
    for (let at = this.#length + size - 1; at >= this.#length; at--) {
      this.#bytes[at] = (rest % 128) | (at === this.#length + size - 1 ? 0 : 128)
      rest = Math.floor(rest / 128)
    }
    this.#length += size
  }

  /** Makes room for `count` bytes and gives the place to write them; `advance` then counts them. */
  reserve(count: number): { readonly buffer: Uint8Array; readonly offset: number } {
    const needed = this.#length + count
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    return { buffer: this.#bytes, offset: this.#length }
  }

  advance(count: number): void {
    this.#length += count
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}
