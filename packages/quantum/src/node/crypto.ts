import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { Aead, type CryptoSuite, type HeaderKey, type Identity, type PacketKey } from '../crypto/suite.ts'
import { QuantumError } from '../errors.ts'

/** DER of the key formats around the 32 raw bytes (RFC 8410). */
const PREFIX = {
  x25519Private: '302e020100300506032b656e04220420',
  x25519Public: '302a300506032b656e032100',
  ed25519Private: '302e020100300506032b657004220420',
  ed25519Public: '302a300506032b6570032100',
}

/** The primitives of node:crypto (OpenSSL). */
export const nodeCrypto: CryptoSuite = {
  sha256: (...parts) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  },
  hmacSha256: (key, ...parts) => {
    const hmac = createHmac('sha256', key)
    for (const part of parts) hmac.update(part)
    return hmac.digest()
  },
  agreement: (seed) => {
    const privateKey = privateFrom(PREFIX.x25519Private, seed)
    return {
      publicKey: rawPublic(privateKey),
      agree: (peer) => {
        try {
          return diffieHellman({ privateKey, publicKey: publicFrom(PREFIX.x25519Public, peer) })
        } catch {
          return undefined
        }
      },
    }
  },
  verify: (publicKey, message, signature) => {
    try {
      return verify(null, message, publicFrom(PREFIX.ed25519Public, publicKey), signature)
    } catch {
      return false
    }
  },
  packetKey: (aead, key, iv) => new NodePacketKey(aead, key, iv),
  headerKey: (key) => new NodeHeaderKey(key),
}

function privateFrom(prefix: string, seed: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(prefix, 'hex'), seed])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function publicFrom(prefix: string, raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([Buffer.from(prefix, 'hex'), raw]),
    format: 'der',
    type: 'spki',
  })
}

const rawPublic = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))

/** An Ed25519 identity from a private key of node:crypto, or from its 32-byte seed. */
export function identityFrom(secret: KeyObject | Uint8Array): Identity {
  const key = secret instanceof Uint8Array ? privateFrom(PREFIX.ed25519Private, secret) : secret
  if (key.asymmetricKeyType !== 'ed25519')
    throw new QuantumError('quantum.handshake_failed', 'An identity is an Ed25519 private key.')
  return { publicKey: rawPublic(key), sign: (message) => sign(null, message, key) }
}

/** A new Ed25519 identity that nobody knows yet. */
export function generateIdentity(): Identity {
  return identityFrom(generateKeyPairSync('ed25519').privateKey)
}

const TAG = { authTagLength: 16 } as const

/** One key object and one nonce buffer for all packets: setting up a cipher is what costs. */
class NodePacketKey implements PacketKey {
  readonly #aead: Aead
  readonly #key: KeyObject
  readonly #iv: Uint8Array
  readonly #nonce: Buffer

  constructor(aead: Aead, key: Uint8Array, iv: Uint8Array) {
    this.#aead = aead
    this.#key = createSecretKey(key)
    this.#iv = iv
    this.#nonce = Buffer.from(iv)
  }

  seal(number: number, buffer: Uint8Array, start: number, from: number, to: number): void {
    const nonce = this.#nonceOf(number)
    const cipher =
      this.#aead === Aead.aes256Gcm
        ? createCipheriv('aes-256-gcm', this.#key, nonce, TAG)
        : createCipheriv('chacha20-poly1305', this.#key, nonce, TAG)
    cipher.setAAD(buffer.subarray(start, from), { plaintextLength: to - from })
    buffer.set(cipher.update(buffer.subarray(from, to)), from)
    cipher.final()
    buffer.set(cipher.getAuthTag(), to)
  }

  open(number: number, buffer: Uint8Array, start: number, from: number, to: number): boolean {
    const end = to - 16
    if (end < from) return false
    const nonce = this.#nonceOf(number)
    const decipher =
      this.#aead === Aead.aes256Gcm
        ? createDecipheriv('aes-256-gcm', this.#key, nonce, TAG)
        : createDecipheriv('chacha20-poly1305', this.#key, nonce, TAG)
    decipher.setAAD(buffer.subarray(start, from), { plaintextLength: end - from })
    decipher.setAuthTag(buffer.subarray(end, to))
    const plain = decipher.update(buffer.subarray(from, end))
    try {
      decipher.final()
    } catch {
      return false
    }
    buffer.set(plain, from)
    return true
  }

  #nonceOf(number: number): Buffer {
    const nonce = this.#nonce
    const iv = this.#iv
    let low = number >>> 0
    let high = Math.floor(number / 0x1_0000_0000)
    for (let i = 11; i >= 8; i--) {
      nonce[i] = iv[i]! ^ (low & 0xff)
      nonce[i - 4] = iv[i - 4]! ^ (high & 0xff)
      low >>>= 8
      high >>>= 8
    }
    return nonce
  }
}

/** One ECB context for the life of the key: each block is independent of the others. */
class NodeHeaderKey implements HeaderKey {
  readonly #cipher

  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  }

  mask(buffer: Uint8Array, at: number): Uint8Array {
    return this.#cipher.update(buffer.subarray(at, at + 16))
  }
}
