import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { toHex } from '../bytes.ts'
import { isProperKey, type SignatureScheme } from '../signature.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, KeyObject | undefined>()

function publicKey(bytes: Uint8Array): KeyObject | undefined {
  const name = toHex(bytes)
  if (!keys.has(name))
    keys.set(
      name,
      isProperKey(bytes)
        ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
        : undefined,
    )
  return keys.get(name)
}

/** Ed25519 of OpenSSL, held to SIG-2: twenty times as fast as the portable one. */
export const nodeSignatures: SignatureScheme = {
  sign: (message, secretKey) => {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, secretKey]), format: 'der', type: 'pkcs8' })
    return new Uint8Array(sign(null, message, key))
  },
  verify: (signature, message, bytes) => {
    const key = publicKey(bytes)
    return key !== undefined && verify(null, message, key, signature)
  },
}
