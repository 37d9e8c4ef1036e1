import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { offerOf } from './quantum.ts'

/** The Ed25519 key of a seed by node:crypto: PKCS #8 around the seed (RFC 8410). */
function publicKeyOf(seed: Uint8Array): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url')
}

test('UDP-1: the key is the Ed25519 key of the installation, base64url, the same at every start and port', () => {
  const seed = new Uint8Array(32).fill(7)
  expect(offerOf(4433, seed)).toEqual({ port: 4433, key: publicKeyOf(seed) })
  expect(offerOf(4434, seed.slice())).toEqual({ port: 4434, key: publicKeyOf(seed) })
  expect(offerOf(4433, new Uint8Array(32).fill(8)).key).not.toBe(publicKeyOf(seed))
})
