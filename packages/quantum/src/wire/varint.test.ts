import { expect, test } from 'vitest'
import { MAX_VARINT, Reader, writeVarint, writeVarint16 } from './varint.ts'

const read = (digits: string) => new Reader(new Uint8Array(Buffer.from(digits, 'hex'))).varint()
const written = (write: (out: Uint8Array) => number) => {
  const out = new Uint8Array(8)
  return Buffer.from(out.subarray(0, write(out))).toString('hex')
}

test('ENC-2 the shortest form is written, two bytes where a length is filled in later, any form is read', () => {
  expect(written((out) => writeVarint(out, 0, 5))).toBe('05')
  expect(written((out) => writeVarint(out, 0, 64))).toBe('4040')
  expect(written((out) => writeVarint(out, 0, 16_384))).toBe('80004000')
  expect(written((out) => writeVarint(out, 0, 2 ** 30))).toBe('c000000040000000')
  expect(written((out) => writeVarint16(out, 0, 5))).toBe('4005')
  for (const form of ['05', '4005', '80000005', 'c000000000000005']) expect(read(form)).toBe(5)
})

test('ENC-2 no number above 2^53 - 1 is taken', () => {
  expect(read('c01fffffffffffff')).toBe(MAX_VARINT)
  expect(() => read('c020000000000000')).toThrow(expect.objectContaining({ code: 'quantum.malformed' }))
})
