/** Bytes that cannot be read as what they should be. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes'
}

const MAX_VARUINT_BYTES = 8
const text = { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { fatal: true }) }

/** Writes numbers (LEB128), bytes and text, as Yjs' own protocols do. */
export class ByteWriter {
  readonly #parts: (number | Uint8Array)[] = []
  #length = 0

  /** The low eight bits of `value`. */
  byte(value: number): this {
    this.#parts.push(value & 0xff)
    this.#length += 1
    return this
  }

  /** A whole number from 0 to 2^53 - 1. */
  varUint(value: number): this {
    let rest = value
    while (rest > 127) {
      this.byte((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    return this.byte(rest)
  }

  /** The bytes alone; they are not copied before {@link toBytes}. */
  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }

  /** Its length, then the bytes. */
  varBytes(bytes: Uint8Array): this {
    return this.varUint(bytes.length).raw(bytes)
  }

  /** UTF-8, its length in bytes first. */
  varString(value: string): this {
    return this.varBytes(text.encoder.encode(value))
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      if (typeof part === 'number') bytes[at++] = part
      else {
        bytes.set(part, at)
        at += part.length
      }
    }
    return bytes
  }
}

/** Reads what {@link ByteWriter} writes; views, no copies. Everything @throws MalformedBytes */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Bytes that are still to be read. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) throw new MalformedBytes('the bytes end too early')
    this.#at += 1
    return value
  }

  /** LEB128, at most 2^53 - 1. */
  varUint(): number {
    let value = 0
    let factor = 1
    for (let n = 0; n < MAX_VARUINT_BYTES; n++) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value
      }
      factor *= 128
    }
    throw new MalformedBytes('a number is too large')
  }

  raw(length: number): Uint8Array {
    if (length > this.left) throw new MalformedBytes('the bytes end too early')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  varBytes(): Uint8Array {
    return this.raw(this.varUint())
  }

  varString(): string {
    try {
      return text.decoder.decode(this.varBytes())
    } catch (error) {
      if (error instanceof MalformedBytes) throw error
      throw new MalformedBytes('a text is not UTF-8')
    }
  }

  rest(): Uint8Array {
    return this.raw(this.left)
  }
}
