import { fromHex, toHex } from './bytes.ts'
import { RecordError } from './errors.ts'

/** RFC 4648, section 6, in lower case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]))
/** Version 1, codec raw, SHA-256 of 32 bytes. */
const HEAD = Uint8Array.of(0x01, 0x55, 0x12, 0x20)
/** Multibase prefix of base 32 without padding. */
const BASE_32 = 'b'
/** That many letters hold the 36 bytes, and two bits more, which are zero. */
const LETTERS = 58

/** The CIDv1 (codec raw, base 32) of content whose SHA-256 is `digest`, 64 hexadecimal digits (CID-1). */
export function cidOf(digest: string): string {
  const bytes = new Uint8Array(HEAD.length + 32)
  bytes.set(HEAD)
  bytes.set(fromHex(digest), HEAD.length)
  let text = BASE_32
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    for (count += 8; count >= 5; ) {
      count -= 5
      text += ALPHABET[(bits >> count) & 31]
    }
  }
  return text + ALPHABET[(bits << (5 - count)) & 31]
}

/** The SHA-256 that a CID names; other codecs, hashes, versions and bases are refused (CID-1). */
export function digestOfCid(text: string): string {
  const bytes = bytesOf(text)
  if (!bytes || !HEAD.every((byte, at) => bytes[at] === byte))
    throw new RecordError('content.invalid_cid', 'Content has CIDv1 ids with codec raw, SHA-256 and base 32.')
  return toHex(bytes.subarray(HEAD.length))
}

/** `undefined` for what is no such text. */
function bytesOf(text: string): Uint8Array | undefined {
  if (text.length !== BASE_32.length + LETTERS || !text.startsWith(BASE_32)) return undefined
  const bytes = new Uint8Array(HEAD.length + 32)
  let [bits, count, filled] = [0, 0, 0]
  for (let at = BASE_32.length; at < text.length; at++) {
    const value = VALUES.get(text.charAt(at))
    if (value === undefined) return undefined
    bits = ((bits << 5) | value) & 0xfff
    count += 5
    if (count < 8) continue
    count -= 8
    bytes[filled++] = (bits >> count) & 0xff
  }
  // One text for one id: the bits that are left over are none.
  return (bits & ((1 << count) - 1)) === 0 ? bytes : undefined
}
