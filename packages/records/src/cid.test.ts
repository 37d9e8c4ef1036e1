import fc from 'fast-check'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { expect, test } from 'vitest'
import { toHex } from './bytes.ts'
import { cidOf, digestOfCid } from './cid.ts'

const SEED = { seed: 20261122, numRuns: 2_000 }
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('CID-1 the same text as other implementations write, and back', () => {
  fc.assert(
    fc.property(hash, (bytes) => {
      const cid = cidOf(toHex(bytes))
      expect(cid).toBe(CID.createV1(0x55, create(0x12, bytes)).toString())
      expect(digestOfCid(cid)).toBe(toHex(bytes))
    }),
    SEED,
  )
})

test('CID-1 any other text is refused', () => {
  const refused = (text: string) => expect(() => digestOfCid(text)).toThrow('Content has CIDv1 ids')
  fc.assert(
    fc.property(hash, fc.nat(58), fc.string({ minLength: 1, maxLength: 1 }), (bytes, at, letter) => {
      const cid = cidOf(toHex(bytes))
      const other = cid.slice(0, at) + letter + cid.slice(at + 1)
      // The eighth letter has the last two bits of the head, which are none, and three of the digest.
      if (/^bafkrei[a-h][a-z2-7]{50}[aeimquy4]$/.test(other)) expect(cidOf(digestOfCid(other))).toBe(other)
      else refused(other)
      refused(cid.slice(0, at))
      refused(cid + letter)
      refused(cid.toUpperCase())
    }),
    SEED,
  )
})
