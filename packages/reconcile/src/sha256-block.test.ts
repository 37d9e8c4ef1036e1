import { sha256 } from '@noble/hashes/sha2.js'
import { expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'
import { sha256Block } from './sha256-block.ts'
import { addSum, subtractSum } from './sum.ts'
import { rescanVarint } from './testing/rescan.ts'
import { hex, idOf } from './testing/sets.ts'

it('is SHA-256 for every length that fits a block', () => {
  const message = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) & 255)
  const target = new Uint8Array(16)
  for (let length = 0; length <= 55; length++) {
    sha256Block(message, length, target)
    expect(hex(target)).toBe(hex(sha256(message.subarray(0, length)).subarray(0, 16)))
  }
})

it('FP-1: hashes the sum and the count, of any size', () => {
  const sum = new Uint32Array(idOf(1).buffer)
  for (const count of [0, 1, 127, 128, 16_383, 16_384, 1_000_000, 2 ** 40]) {
    const message = Uint8Array.from([...idOf(1), ...rescanVarint(count)])
    expect(hex(fingerprintOf(sum, count))).toBe(hex(sha256(message).subarray(0, 16)))
  }
})

it('sums wrap at 2^256 and subtract back', () => {
  const words = (value: bigint) =>
    Uint32Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(at * 32)) & 0xffff_ffffn))
  const value = (sum: Uint32Array) => sum.reduceRight((total, word) => (total << 32n) | BigInt(word), 0n)
  for (let index = 0; index < 200; index++) {
    const a = value(new Uint32Array(idOf(index).buffer))
    const b = index % 2 ? value(new Uint32Array(idOf(index + 1).buffer)) : 2n ** 256n - a
    const sum = words(a)
    addSum(sum, 0, words(b), 0)
    expect(value(sum)).toBe((a + b) % 2n ** 256n)
    subtractSum(sum, 0, words(b), 0)
    expect(value(sum)).toBe(a)
  }
})
