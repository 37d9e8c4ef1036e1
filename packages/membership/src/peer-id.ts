import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, sameBytes } from './bytes.ts'
import { MembershipError } from './errors.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Identity multihash of 36 bytes: a protobuf with type Ed25519 (1) and 32 bytes of key. */
const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20)
const LONGEST = 64

/** The libp2p peer id of an Ed25519 public key, in base 58 (KEY-1). */
export function peerIdOf(publicKey: Uint8Array): string {
  if (publicKey.length !== 32)
    throw new MembershipError('membership.invalid_key', 'A public key has 32 bytes.')
  return toBase58(concatBytes(PREFIX, publicKey))
}

/** The public key that an Ed25519 peer id holds. */
export function peerIdKey(peerId: string): Uint8Array {
  const bytes = fromBase58(peerId)
  if (bytes?.length !== 38 || !sameBytes(bytes.subarray(0, 6), PREFIX) || toBase58(bytes) !== peerId)
    throw new MembershipError('membership.invalid_key', 'This is no peer id of an Ed25519 key.')
  return bytes.subarray(6)
}

/** The peer id that goes with a secret key. */
export function peerIdOfSecret(secretKey: Uint8Array): string {
  return peerIdOf(ed25519.getPublicKey(secretKey))
}

function toBase58(bytes: Uint8Array): string {
  let value = bytes.reduce((total, byte) => total * 256n + BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 58n) text = ALPHABET[Number(value % 58n)] + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text
}

function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > LONGEST) return undefined
  let value = 0n
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  const bytes: number[] = []
  for (; value > 0n; value /= 256n) bytes.unshift(Number(value % 256n))
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes])
}
