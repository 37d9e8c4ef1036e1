import { expect, test } from 'vitest'
import { SendBuffer } from './send-buffer.ts'

const PAGE = 65_536

/** Bytes that tell their place, for each seed others. */
const pattern = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, index) => (index * 7 + seed) & 0xff)

function contentOf(buffer: SendBuffer, from: number, to: number): Uint8Array {
  const out = new Uint8Array(to - from)
  buffer.copy(from, to - from, out, 0)
  return out
}

test('what is written by copy is the caller’s again at once', () => {
  const buffer = new SendBuffer()
  const data = pattern(2 * PAGE + 1000, 1)
  buffer.writeCopy(data)
  data.fill(0)
  expect(buffer.end).toBe(2 * PAGE + 1000)
  expect(contentOf(buffer, 0, buffer.end)).toEqual(pattern(2 * PAGE + 1000, 1))
})

test('pages of what was released are written again, those of what was not stay as they are', () => {
  const [one, other] = [new SendBuffer(), new SendBuffer()]
  one.writeCopy(pattern(3 * PAGE, 2))
  one.release(PAGE + 100)
  for (let round = 0; round < 4; round++) other.writeCopy(pattern(PAGE, 3 + round))
  expect(contentOf(one, PAGE + 100, 3 * PAGE)).toEqual(pattern(3 * PAGE, 2).subarray(PAGE + 100))
  for (let round = 0; round < 4; round++)
    expect(contentOf(other, round * PAGE, (round + 1) * PAGE)).toEqual(pattern(PAGE, 3 + round))
})

test('what the buffer only holds is never written over', () => {
  const [one, other] = [new SendBuffer(), new SendBuffer()]
  const held = pattern(PAGE, 8)
  one.write(held)
  one.release(PAGE)
  for (let round = 0; round < 4; round++) other.writeCopy(pattern(PAGE, 9))
  expect(held).toEqual(pattern(PAGE, 8))
})
