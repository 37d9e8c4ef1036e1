/** Bytes for a packet number so that a peer that knows `largestAcked` can restore it (SPEC PKT-6, RFC 9000 A.2). */
export function packetNumberLength(number: number, largestAcked: number): 1 | 2 | 3 | 4 {
  const range = (number - largestAcked) * 2
  if (range < 0x100) return 1
  if (range < 0x1_0000) return 2
  if (range < 0x100_0000) return 3
  return 4
}

export function writePacketNumber(out: Uint8Array, at: number, number: number, length: number): number {
  let rest = number % 0x1_0000_0000
  for (let i = at + length - 1; i >= at; i--) {
    out[i] = rest & 0xff
    rest >>>= 8
  }
  return at + length
}

/** The number nearest to the one expected next that ends in the `length` bytes given (RFC 9000 A.3). */
export function expandPacketNumber(truncated: number, length: number, largest: number): number {
  const expected = largest + 1
  const window = 256 ** length
  const candidate = expected - (expected % window) + truncated
  if (candidate <= expected - window / 2 && candidate + window <= Number.MAX_SAFE_INTEGER)
    return candidate + window
  if (candidate > expected + window / 2 && candidate >= window) return candidate - window
  return candidate
}
