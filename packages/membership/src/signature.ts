import { ed25519 } from '@noble/curves/ed25519.js'

/** Ed25519 by RFC 8032, not ZIP 215 (SIG-2): a program may bring one that is faster where it runs. */
export interface SignatureScheme {
  /** `secretKey`: the 32 bytes of the seed. */
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/** Runs everywhere. */
export const portable: SignatureScheme = {
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => {
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false // a key or signature that is no point of the curve
    }
  },
}
