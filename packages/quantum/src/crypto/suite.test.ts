import { createCipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { nodeCrypto } from '../node/crypto.ts'
import { Aead } from './suite.ts'

const KEY = new Uint8Array(32).fill(3)
const IV = new Uint8Array(12).fill(4)

/** The nonce is iv XOR number; the first five bytes are associated data. */
function reference(name: 'chacha20-poly1305' | 'aes-256-gcm', packet: Uint8Array, number: number): Buffer {
  const nonce = IV.slice()
  nonce[11]! ^= number
  const options = { authTagLength: 16 }
  const cipher =
    name === 'aes-256-gcm'
      ? createCipheriv(name, KEY, nonce, options)
      : createCipheriv(name, KEY, nonce, options)
  const body = packet.subarray(5)
  cipher.setAAD(packet.subarray(0, 5), { plaintextLength: body.length })
  return Buffer.concat([packet.subarray(0, 5), cipher.update(body), cipher.final(), cipher.getAuthTag()])
}

test.each([
  [Aead.chacha20Poly1305, 1, 'chacha20-poly1305'],
  [Aead.aes256Gcm, 2, 'aes-256-gcm'],
] as const)('KEY-5 suite %i has number %i and is %s', (suite, code, name) => {
  expect(suite).toBe(code)
  const packet = Uint8Array.from({ length: 40 }, (_, i) => i)
  const sealed = new Uint8Array(56)
  sealed.set(packet)
  nodeCrypto.packetKey(suite, KEY, IV).seal(9, sealed, 0, 5, 40)
  expect(Buffer.from(sealed)).toEqual(reference(name, packet, 9))
})

test('KEY-5 header protection is one block of AES with a key of 16 bytes', () => {
  const sample = Uint8Array.from({ length: 20 }, (_, i) => i * 3)
  const key = new Uint8Array(16).fill(6)
  const block = createCipheriv('aes-128-ecb', key, null).update(sample.subarray(4, 20))
  expect(Buffer.from(nodeCrypto.headerKey(key).mask(sample, 4)).subarray(0, 5)).toEqual(block.subarray(0, 5))
})
