/**
 * The primitives the engine needs, given by the platform: `quantum/node` binds them to node:crypto. The engine holds no
 * cipher, hash or curve of its own.
 */
export interface CryptoSuite {
  sha256(...parts: readonly Uint8Array[]): Uint8Array
  hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array
  /** An X25519 key pair (RFC 7748) from 32 random bytes. */
  agreement(seed: Uint8Array): KeyAgreement
  /** Checks an Ed25519 signature (RFC 8032). */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  packetKey(aead: Aead, key: Uint8Array, iv: Uint8Array): PacketKey
  headerKey(key: Uint8Array): HeaderKey
}

export const Aead = { chacha20Poly1305: 1, aes256Gcm: 2 } as const
export type Aead = (typeof Aead)[keyof typeof Aead]

export interface KeyAgreement {
  readonly publicKey: Uint8Array
  /** The shared secret; `undefined` when the peer's key is not a usable point. */
  agree(peer: Uint8Array): Uint8Array | undefined
}

/** An Ed25519 key that proves who somebody is; the private half may live elsewhere. */
export interface Identity {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

/** One AEAD key; the nonce is its iv XOR the packet number (RFC 9001 §5.3). */
export interface PacketKey {
  /** Encrypts `buffer[from, to)` in place with `buffer[start, from)` as associated data, puts the tag at `to`. */
  seal(number: number, buffer: Uint8Array, start: number, from: number, to: number): void
  /** Decrypts `buffer[from, to)`, tag included, in place; false, and nothing changed, when it is not authentic. */
  open(number: number, buffer: Uint8Array, start: number, from: number, to: number): boolean
}

/** AES-128 of one block, for the mask that hides packet numbers (RFC 9001 §5.4.3). */
export interface HeaderKey {
  /** Five mask bytes or more from the 16 bytes at `at`; valid until the next call. */
  mask(buffer: Uint8Array, at: number): Uint8Array
}
