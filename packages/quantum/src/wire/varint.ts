import { QuantumError } from '../errors.ts'

/** The largest number the wire carries: exact in a double (SPEC ENC-2). */
export const MAX_VARINT = Number.MAX_SAFE_INTEGER

/** Bytes that `value` takes as a variable-length integer (RFC 9000 §16). */
export function varintLength(value: number): 1 | 2 | 4 | 8 {
  if (value < 0x40) return 1
  if (value < 0x4000) return 2
  if (value < 0x4000_0000) return 4
  return 8
}

/** Writes `value` in its shortest form and returns the position behind it. */
export function writeVarint(out: Uint8Array, at: number, value: number): number {
  if (value < 0x40) {
    out[at] = value
    return at + 1
  }
  if (value < 0x4000) {
    out[at] = 0x40 | (value >>> 8)
    out[at + 1] = value & 0xff
    return at + 2
  }
  if (value < 0x4000_0000) return writeUint32(out, at, (value | 0x8000_0000) >>> 0)
  if (!(value <= MAX_VARINT)) throw new RangeError(`${value} does not fit a variable-length integer`)
  writeUint32(out, at, (0xc000_0000 | Math.floor(value / 0x1_0000_0000)) >>> 0)
  return writeUint32(out, at + 4, value >>> 0)
}

/** Writes `value` in two bytes although fewer may do, so that it can be filled in later; at most 16383. */
export function writeVarint16(out: Uint8Array, at: number, value: number): number {
  out[at] = 0x40 | (value >>> 8)
  out[at + 1] = value & 0xff
  return at + 2
}

export function writeUint32(out: Uint8Array, at: number, value: number): number {
  out[at] = value >>> 24
  out[at + 1] = (value >>> 16) & 0xff
  out[at + 2] = (value >>> 8) & 0xff
  out[at + 3] = value & 0xff
  return at + 4
}

export function writeBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  out.set(bytes, at)
  return at + bytes.length
}

/** Reads fields one after the other; whatever is missing or too large throws `quantum.malformed`. Reused, not garbage. */
export class Reader {
  bytes: Uint8Array
  at: number
  end: number

  constructor(bytes: Uint8Array = new Uint8Array(0), at = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  reset(bytes: Uint8Array, at = 0, end = bytes.length): this {
    this.bytes = bytes
    this.at = at
    this.end = end
    return this
  }

  get left(): number {
    return this.end - this.at
  }

  uint8(): number {
    if (this.at >= this.end) throw truncated()
    return this.bytes[this.at++]!
  }

  uint32(): number {
    const at = this.at
    if (at + 4 > this.end) throw truncated()
    const { bytes } = this
    this.at = at + 4
    return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  }

  varint(): number {
    const at = this.at
    if (at >= this.end) throw truncated()
    const first = this.bytes[at]!
    if (first < 0x40) {
      this.at = at + 1
      return first
    }
    if (first < 0x80) {
      if (at + 2 > this.end) throw truncated()
      this.at = at + 2
      return ((first & 0x3f) << 8) | this.bytes[at + 1]!
    }
    const high = this.uint32()
    if (first < 0xc0) return high & 0x3fff_ffff
    const value = (high & 0x3fff_ffff) * 0x1_0000_0000 + this.uint32()
    if (value > MAX_VARINT) throw new QuantumError('quantum.malformed', 'A number is larger than 2^53 - 1.')
    return value
  }

  /** A view of the next `length` bytes, not a copy. */
  take(length: number): Uint8Array {
    if (this.at + length > this.end) throw truncated()
    const from = this.at
    this.at = from + length
    return this.bytes.subarray(from, this.at)
  }
}

const truncated = () => new QuantumError('quantum.malformed', 'A packet ends before its fields do.')
