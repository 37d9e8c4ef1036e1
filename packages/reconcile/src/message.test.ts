import { expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { ReconcileError } from './errors.ts'
import { type Bound, boundBetween, INFINITE } from './item.ts'
import { BoundReader, BoundWriter } from './message.ts'
import { hex } from './testing/sets.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const at = (timestamp: number, prefix = ''): Bound => ({ timestamp, prefix: bytes(prefix) })
const readAll = (text: string, count: number) => {
  const reader = new ByteReader(bytes(text))
  const bounds = new BoundReader()
  return Array.from({ length: count }, () => bounds.read(reader))
}

it.each([
  [0, '00'],
  [127, '7f'],
  [128, '8100'],
  [16_384, '818000'],
  [Number.MAX_SAFE_INTEGER, '8fffffffffffff7f'],
])('WIRE-2: %i is written as %s, and read', (value, text) => {
  const writer = new ByteWriter()
  writer.varint(value)
  expect(hex(writer.finish())).toBe(text)
  expect(new ByteReader(bytes(text)).varint()).toBe(value)
})

it('WIRE-2: a number of ten bytes is read; eleven, or more than 2^53 - 1, are refused', () => {
  expect(new ByteReader(bytes(`${'80'.repeat(9)}05`)).varint()).toBe(5)
  for (const text of [`${'80'.repeat(10)}05`, '9080808080808000'])
    expect(() => new ByteReader(bytes(text)).varint()).toThrow(ReconcileError)
})

it('WIRE-3: timestamps are told by their difference, plus 1; 0 is after everything', () => {
  const bounds = [at(5), at(5, 'aabb'), at(9), at(INFINITE)]
  const writer = new ByteWriter()
  const out = new BoundWriter()
  for (const bound of bounds) out.write(writer, bound)
  const text = ['0600', '0102aabb', '0500', '0000'].join('')
  expect(hex(writer.finish())).toBe(text)
  expect(readAll(text, 4)).toEqual(bounds)
  expect(() => readAll(`0121${'00'.repeat(33)}`, 1)).toThrow(ReconcileError)
})

it('WIRE-4: the bound between neighbours is the shortest', () => {
  const item = (timestamp: number, start: string) => at(timestamp, start.padEnd(64, '0'))
  expect(boundBetween(item(4, 'ff'), item(7, 'aa'))).toEqual(at(7))
  expect(boundBetween(item(7, '10'), item(7, 'aa'))).toEqual(at(7, 'aa'))
  expect(boundBetween(item(7, 'aabb01'), item(7, 'aabb02ff'))).toEqual(at(7, 'aabb02'))
  const last = (end: string) => at(7, end.padStart(64, '0'))
  expect(boundBetween(last('01'), last('02'))).toEqual(last('02'))
})

it('WIRE-5: bounds may stay, but never go down, and nothing follows "after everything"', () => {
  expect(readAll('06000100', 2)).toEqual([at(5), at(5)])
  expect(readAll('0601aa0102aa00', 2)).toEqual([at(5, 'aa'), at(5, 'aa00')])
  for (const text of ['0601aa0101a9', '0601aa0100', '00000600', '00000000'])
    expect(() => readAll(text, 2)).toThrow(ReconcileError)
})
