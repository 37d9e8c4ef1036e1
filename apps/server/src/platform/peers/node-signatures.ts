import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { isProperKey, type SignatureScheme } from '@stoa/records'

/** DER of an Ed25519 key (RFC 8410) up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const REMEMBERED = 4096

const keys = new Map<string, KeyObject | undefined>()

/** Parsed once: parsing costs as much as verifying. `undefined`: no key that RFC 8032 lets count. */
function publicKeyOf(bytes: Uint8Array): KeyObject | undefined {
  const name = Buffer.from(bytes).toString('base64')
  if (keys.has(name)) return keys.get(name)
  const key = isProperKey(bytes)
    ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
    : undefined
  const [oldest] = keys.keys()
  if (keys.size >= REMEMBERED && oldest !== undefined) keys.delete(oldest)
  keys.set(name, key)
  return key
}

/** Ed25519 of OpenSSL with the strictness of RFC 8032 §5.1.7: some twenty times as fast as the portable one. */
export const nodeSignatures: SignatureScheme = {
  sign(message, secretKey) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, secretKey]), format: 'der', type: 'pkcs8' })
    return new Uint8Array(sign(null, message, key))
  },
  verify(signature, message, publicKey) {
    const key = publicKeyOf(publicKey)
    return key !== undefined && verify(null, message, key, signature)
  },
}
