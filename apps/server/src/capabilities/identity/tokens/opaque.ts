import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Random } from '@stoa/kernel'

/** Keys of this capability, each for one use, all from the server's secret (HKDF, RFC 5869). */
export interface IdentityKeys {
  /** Derives the successor of a refresh token. */
  readonly refresh: Buffer
  /** Hashes sign-in codes, which are too short for a plain hash. */
  readonly code: Buffer
  /** Encrypts private signing keys. */
  readonly seal: Buffer
}

/** @param secret at least 32 random bytes that stand outside of the database */
export function deriveKeys(secret: Uint8Array): IdentityKeys {
  if (secret.length < 32) throw new RangeError('the secret must have at least 32 bytes')
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `stoa/identity/${use}/v1`, 32))
  return { refresh: derive('refresh'), code: derive('code'), seal: derive('seal') }
}

/** 256 random bits as 43 characters: refresh tokens, links, states. */
export function newToken(random: Random): string {
  return Buffer.from(random.fill(new Uint8Array(32))).toString('base64url')
}

/** What is stored of a token. Tokens are random, so a plain hash suffices. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The successor of a refresh token: always the same, so that it can be sent again though only its hash is stored. */
export function childToken(keys: IdentityKeys, parent: string): string {
  return createHmac('sha256', keys.refresh).update(parent).digest('base64url')
}

/** What is stored of a code; bound to its challenge. */
export function hashCode(keys: IdentityKeys, challengeId: string, code: string): Buffer {
  return createHmac('sha256', keys.code).update(`${challengeId}:${code}`).digest()
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
