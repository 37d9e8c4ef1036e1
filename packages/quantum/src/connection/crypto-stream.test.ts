import { expect, test } from 'vitest'
import { frameMessage } from '../handshake/messages.ts'
import { CryptoStream } from './crypto-stream.ts'

function receiver() {
  const stream = new CryptoStream()
  const got: [type: number, body: string][] = []
  const receive = (offset: number, data: Uint8Array) =>
    stream.receive(offset, data, (type, _message, body) => got.push([type, Buffer.from(body).toString()]))
  return { got, receive }
}

const text = (words: string) => new TextEncoder().encode(words)

test('HSK-1 messages are given out whole and in order, however their bytes come', () => {
  const bytes = Buffer.concat([frameMessage(1, text('hello')), frameMessage(3, text('x'.repeat(100)))])
  const { got, receive } = receiver()
  for (let at = bytes.length - 1; at >= 0; at -= 3) {
    expect(got).toEqual([])
    receive(Math.max(0, at - 2), bytes.subarray(Math.max(0, at - 2), at + 1))
  }
  receive(0, bytes)
  expect(got).toEqual([
    [1, 'hello'],
    [3, 'x'.repeat(100)],
  ])
})

test('HSK-1 a message takes 16 KiB at most', () => {
  const { got, receive } = receiver()
  const longest = frameMessage(2, new Uint8Array(16_384 - 3))
  expect(longest.length).toBe(16_384)
  receive(0, longest)
  expect(got).toHaveLength(1)
  const tooLong = frameMessage(2, new Uint8Array(16_384 - 2))
  const refused = expect.objectContaining({ code: 'quantum.protocol_violation' })
  expect(() => receiver().receive(0, tooLong.subarray(0, 10))).toThrow(refused)
  expect(() => receiver().receive(16_384, new Uint8Array(1))).toThrow(refused)
})
