import { sha256Block } from './sha256-block.ts'
import { SUM_WORDS } from './sum.ts'

export const FINGERPRINT_BYTES = 16
const SUM_BYTES = SUM_WORDS * 4

const message = new Uint8Array(SUM_BYTES + 8)
const sumWords = new Uint32Array(message.buffer, 0, SUM_WORDS)

/** The first 16 bytes of SHA-256(sum as 32 little-endian bytes ‖ varint(count)) (FP-1). */
export function fingerprintOf(sum: Uint32Array, count: number): Uint8Array {
  sumWords.set(sum)
  let end = SUM_BYTES
  for (let rest = count; rest >= 128; rest = Math.floor(rest / 128)) end++
  let rest = count
  for (let at = end; at >= SUM_BYTES; at--) {
    message[at] = (rest % 128) | (at === end ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  const fingerprint = new Uint8Array(FINGERPRINT_BYTES)
  sha256Block(message, end + 1, fingerprint)
  return fingerprint
}
