import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainVisitor } from '../testing/plain-visitor.ts'
import { decodeFrames, type Plain } from '../testing/reference-decode.ts'
import { expandPacketNumber, packetNumberLength, writePacketNumber } from './packet-number.ts'
import { readFrames } from './read-frames.ts'
import { Reader, varintLength, writeVarint } from './varint.ts'

function vectors<T>(name: string): T[] {
  return JSON.parse(
    readFileSync(new URL(`../../../../contracts/vectors/quantum/${name}.json`, import.meta.url), 'utf8'),
  )
}
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

function fast(payload: Uint8Array): Plain[] {
  const frames: Plain[] = []
  readFrames(new Reader(payload), plainVisitor(frames))
  return frames
}

test('both decoders read the valid vectors alike (FRM-1)', () => {
  for (const { name, payload, frames } of vectors<{ name: string; payload: string; frames: Plain[] }>(
    'valid-frames',
  )) {
    expect(decodeFrames(payload), name).toEqual(frames)
    expect(fast(bytes(payload)), name).toEqual(frames)
  }
})

test('both decoders refuse the invalid vectors (FRM-1)', () => {
  for (const { name, payload } of vectors<{ name: string; payload: string }>('invalid-frames')) {
    expect(() => decodeFrames(payload), name).toThrow()
    expect(() => fast(bytes(payload)), name).toThrow(expect.objectContaining({ code: 'quantum.malformed' }))
  }
})

test('both decoders agree on any bytes: the same frames, or both refuse', () => {
  const seeds = vectors<{ payload: string }>('valid-frames').map(({ payload }) => bytes(payload))
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    )
    .map(([seed, changes]) => {
      const copy = seed.slice()
      for (const [at, value] of changes) copy[at % copy.length] = value
      return copy
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), mutated), (payload) => {
      const reference = attempt(() => decodeFrames(Buffer.from(payload).toString('hex')))
      expect(attempt(() => fast(payload))).toEqual(reference)
    }),
    { seed: 4, numRuns: 5000 },
  )
})

function attempt(decode: () => Plain[]): Plain[] | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}

test('ENC-1 numbers of variable length', () => {
  const out = new Uint8Array(8)
  for (const { bytes: hex, value } of vectors<{ bytes: string; value: string }>('valid-varints')) {
    expect(new Reader(bytes(hex)).varint()).toBe(Number(value))
    expect(Buffer.from(out.subarray(0, writeVarint(out, 0, Number(value)))).toString('hex')).toBe(hex)
    expect(varintLength(Number(value))).toBe(hex.length / 2)
  }
  for (const { bytes: hex, name } of vectors<{ bytes: string; name: string }>('invalid-varints'))
    expect(() => new Reader(bytes(hex)).varint(), name).toThrow()
  expect(() => writeVarint(out, 0, 2 ** 53)).toThrow(RangeError)
})

test('PKT-6 packet numbers are restored from their last bytes', () => {
  for (const { largest, bytes: hex, number } of vectors<{ largest: number; bytes: string; number: number }>(
    'packet-numbers',
  ))
    expect(expandPacketNumber(Number.parseInt(hex, 16), hex.length / 2, largest)).toBe(number)
})

test('PKT-6 any number the peer may still miss survives its shortening', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 50),
      fc.nat(0x3fff_ffff),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (acked, ahead, seen) => {
        const number = acked + 1 + ahead
        const length = packetNumberLength(number, acked)
        const out = new Uint8Array(4)
        writePacketNumber(out, 0, number, length)
        const truncated = out.subarray(0, length).reduce((sum, byte) => sum * 256 + byte, 0)
        const largest = acked + Math.floor(seen * (number - acked - 1))
        expect(expandPacketNumber(truncated, length, largest)).toBe(number)
      },
    ),
    { seed: 6 },
  )
})
