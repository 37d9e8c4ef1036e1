import fc from 'fast-check'
import { expect, test } from 'vitest'
import { portableSignatures, publicKeyOf } from '../../../../../packages/records/src/signature.ts'
import { nodeSignatures } from './node-signatures.ts'

const secret = new Uint8Array(32).fill(5)
const key = publicKeyOf(secret)
const bytes = fc.uint8Array({ maxLength: 300 })

test('signs what the portable scheme signs, and each verifies the other', () => {
  fc.assert(
    fc.property(bytes, (message) => {
      const signature = nodeSignatures.sign(message, secret)
      expect(signature).toEqual(portableSignatures.sign(message, secret))
      expect(nodeSignatures.verify(signature, message, key)).toBe(true)
    }),
    { seed: 20261122, numRuns: 50 },
  )
})

test('refuses what the portable scheme refuses', () => {
  const message = new TextEncoder().encode('a page')
  const signature = nodeSignatures.sign(message, secret)
  const changed = (at: number) => signature.map((byte, i) => (i === at ? byte ^ 1 : byte))
  const keys = [
    key,
    new Uint8Array(32),
    new Uint8Array(32).fill(1, 0, 1),
    new Uint8Array(32).fill(255),
    key.subarray(1),
  ]
  const signatures = [
    signature,
    changed(0),
    changed(33),
    changed(63),
    new Uint8Array(64),
    new Uint8Array(),
    signature.subarray(1),
  ]
  for (const one of keys)
    for (const sig of signatures)
      expect(nodeSignatures.verify(sig, message, one)).toBe(portableSignatures.verify(sig, message, one))
  expect(nodeSignatures.verify(signature, message, key)).toBe(true)
})
