import { ed25519 } from '@noble/curves/ed25519.js'

/** Ed25519. A server may bring a faster one; it must accept exactly what this one does (SIG-2). */
export interface SignatureScheme {
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
  /** The same, while this thread does something else. */
  verifyElsewhere?(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>
}

const { Point } = ed25519

/**
 * Whether bytes are a proper public key: a canonical point of the prime-order group. For these, verification with and
 * without cofactor agree, as long as the signature's point is of that group too; for others, libraries differ.
 */
export function isProperKey(publicKey: Uint8Array): boolean {
  try {
    const point = Point.fromBytes(publicKey)
    return point.isTorsionFree() && !point.is0()
  } catch {
    return false
  }
}

export const portableSignatures: SignatureScheme = {
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => {
    try {
      const commitment = Point.fromBytes(signature.subarray(0, 32))
      const proper = commitment.isTorsionFree() && isProperKey(publicKey)
      return proper && ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false // not a point, or not 64 bytes
    }
  },
}

export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey)
}
