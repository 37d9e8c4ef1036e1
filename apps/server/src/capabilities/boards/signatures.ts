import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { isProperKey, type SignatureScheme } from '@stoa/records'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const MOST_KEYS = 4096
const verifyLater = promisify(verify)

/**
 * Ed25519 of OpenSSL, held to SIG-2: it refuses an S at or above the order, and compares the commitment by its bytes, so that
 * for keys of the prime-order group it accepts exactly what the portable one does. Keys are looked at once.
 */
export function nativeSignatures(): SignatureScheme {
  return nativeWith(keysByBytes())
}

/** The same; what comes from elsewhere is verified by the threads of the runtime, which leaves this one to others. */
export function pooledSignatures(): SignatureScheme {
  const keyOf = keysByBytes()
  return {
    ...nativeWith(keyOf),
    async verifyElsewhere(signature, message, bytes) {
      const key = keyOf(bytes)
      return key !== undefined && verifyLater(null, message, key, signature)
    },
  }
}

type KeyOf = (bytes: Uint8Array) => KeyObject | undefined

function keysByBytes(): KeyOf {
  const known = new Map<string, KeyObject | undefined>()
  return (bytes) => {
    const name = Buffer.from(bytes).toString('base64')
    if (known.has(name)) return known.get(name)
    const key = isProperKey(bytes)
      ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
      : undefined
    if (known.size >= MOST_KEYS) known.delete(known.keys().next().value ?? '')
    known.set(name, key)
    return key
  }
}

function nativeWith(keyOf: KeyOf): SignatureScheme {
  return {
    sign(message, secretKey) {
      const key = createPrivateKey({ key: Buffer.concat([PKCS8, secretKey]), format: 'der', type: 'pkcs8' })
      return new Uint8Array(sign(null, message, key))
    },
    verify(signature, message, bytes) {
      const key = keyOf(bytes)
      return key !== undefined && verify(null, message, key, signature)
    },
  }
}

/** For records that were verified before they were kept. */
export const alreadyVerified: SignatureScheme = {
  sign: () => {
    throw new TypeError('This only reads.')
  },
  verify: () => true,
}
