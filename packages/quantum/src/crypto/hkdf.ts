import type { CryptoSuite } from './suite.ts'

const encoder = new TextEncoder()
const NOTHING = new Uint8Array(0)

/** HKDF-Extract (RFC 5869 §2.2) with SHA-256. */
export function extract(crypto: CryptoSuite, salt: Uint8Array, secret: Uint8Array): Uint8Array {
  return crypto.hmacSha256(salt, secret)
}

/**
 * HKDF-Expand (RFC 5869 §2.3) with the labels of RFC 8446 §7.1, "quantum1 " in place of "tls13 " (SPEC KEY-2).
 * `length` is at most 32, so that one block is all there is.
 */
export function expand(
  crypto: CryptoSuite,
  secret: Uint8Array,
  label: string,
  context: Uint8Array = NOTHING,
  length = 32,
): Uint8Array {
  const name = encoder.encode(`quantum1 ${label}`)
  const info = new Uint8Array(2 + 1 + name.length + 1 + context.length + 1)
  info[1] = length
  info[2] = name.length
  info.set(name, 3)
  info[3 + name.length] = context.length
  info.set(context, 4 + name.length)
  info[info.length - 1] = 1
  return crypto.hmacSha256(secret, info).subarray(0, length)
}
