import { createPrivateKey, createPublicKey } from 'node:crypto'
import { peerIdOf } from '@stoa/membership'
import type { PeerId } from '../../platform/peers/peers.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The public key of an Ed25519 seed. */
export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
}

/** The peer id that goes with a seed. */
export function peerIdOfKey(seed: Uint8Array): PeerId {
  return peerIdOf(publicKeyOfSeed(seed))
}
