import { expect, test } from 'vitest'
import { Pair } from '../testing/pair.ts'

function pattern(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

test('first data reaches the server 1.5 round trips after the start, over a handshake of one', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(1000, () => client.ready !== undefined)
  expect(pair.simulation.now).toBeCloseTo(40, 0)
  const stream = client.open()
  stream.write(new TextEncoder().encode('hello'))
  stream.end()
  pair.run(1000, () => pair.accepted?.streams.get(stream.id)?.ended === true)
  expect(pair.simulation.now).toBeCloseTo(60, 0)
  expect(Buffer.from(pair.accepted!.bytesOf(stream.id)).toString()).toBe('hello')
  pair.run(1000)
  expect(client.confirmedAt).toBeCloseTo(80, 0)
  expect(client.resumption).toBeDefined()
})

test('a megabyte arrives whole through loss, reordering, duplicates and corruption', () => {
  const pair = new Pair({
    link: { rateMbit: 20, loss: 0.05, reorder: 0.02, duplicate: 0.02, corrupt: 0.02, reorderMs: 10 },
  })
  const client = pair.connect()
  pair.run(20_000, () => client.ready !== undefined)
  const data = pattern(1_000_000)
  const stream = client.open()
  stream.write(data)
  stream.end()
  pair.run(60_000, () => pair.accepted?.streams.get(stream.id)?.ended === true)
  expect(Buffer.compare(pair.accepted!.bytesOf(stream.id), data)).toBe(0)
  expect(pair.simulation.now).toBeLessThan(3000)
})
