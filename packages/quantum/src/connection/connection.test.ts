import { seededRandom } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { Pair } from '../testing/pair.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { PacketNumbers } from './numbers.ts'

function pattern(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

test('HSK-6 first data reaches the server 1.5 round trips after the start, over a handshake of one', () => {
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
  expect(client.confirmedAt).toBeLessThan(83)
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

test('FLW-2 a reader that stops holds its sender back, and nobody waits for ever when it goes on', () => {
  const parameters = { ...DEFAULT_PARAMETERS, maxStreamData: 10_000, maxData: 15_000 }
  const pair = new Pair({ server: { parameters } })
  const client = pair.connect()
  pair.run(200)
  pair.accepted!.reads = false
  const [one, two] = [client.open(), client.open()]
  for (const stream of [one, two]) {
    stream.write(pattern(50_000))
    stream.end()
  }
  pair.run(5000)
  expect(pair.accepted!.connection.statistics().bytesReceived).toBeLessThan(40_000)
  pair.accepted!.reads = true
  for (const received of pair.accepted!.streams.values()) pair.accepted!.read(received)
  pair.run(20_000, () => [one, two].every(({ id }) => pair.accepted!.streams.get(id)?.ended))
  for (const { id } of [one, two]) expect(pair.accepted!.bytesOf(id)).toHaveLength(50_000)
})

test('KEY-6 keys are renewed again and again, unnoticed', () => {
  const pair = new Pair({ link: { rateMbit: 50, loss: 0.02 }, client: { keyUpdateAfter: 40 } })
  const client = pair.connect()
  pair.run(300)
  const stream = client.open()
  const data = pattern(1_000_000)
  stream.write(data)
  stream.end()
  pair.run(20_000, () => pair.accepted?.streams.get(stream.id)?.ended === true)
  expect(Buffer.compare(pair.accepted!.bytesOf(stream.id), data)).toBe(0)
  expect(client.connection.statistics().keyUpdates).toBeGreaterThan(3)
})

test('datagrams arrive as they are, and too large ones are refused', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(200)
  client.connection.sendDatagram(new Uint8Array([1, 2, 3]))
  pair.run(100)
  expect(pair.accepted!.datagrams).toEqual([new Uint8Array([1, 2, 3])])
  expect(() => client.connection.sendDatagram(new Uint8Array(5000))).toThrow(
    expect.objectContaining({ code: 'quantum.too_large' }),
  )
})

test('a reset and a stop reach the other side with their codes (STR-5)', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(200)
  const [resets, stopped] = [client.open(), client.open()]
  resets.write(pattern(100))
  stopped.write(pattern(100))
  pair.run(100)
  resets.reset(7)
  pair.accepted!.streams.get(stopped.id)!.stream.stop(9)
  pair.run(300)
  expect(pair.accepted!.streams.get(resets.id)!.reset).toBe(7)
  expect(stopped.sender!.stopCode).toBe(9)
  expect(pair.accepted!.streams.get(stopped.id)!.reset).toBe(9)
  expect(() => stopped.write(pattern(1))).toThrow(expect.objectContaining({ code: 'quantum.stream_stopped' }))
})

test('CLS-3 silence ends a connection; a keep-alive prevents it; close tells why', () => {
  const parameters = { ...DEFAULT_PARAMETERS, idleTimeout: 1000 }
  const pair = new Pair({ client: { parameters } })
  const silent = pair.connect()
  pair.run(5000)
  expect(silent.closed?.error?.code).toBe('quantum.idle_timeout')
  const kept = pair.connect({ keepAlive: 300 })
  pair.run(5000)
  expect(kept.closed).toBeUndefined()
  kept.connection.close(42, 'enough')
  pair.run(100)
  expect(pair.accepted!.closed?.error).toMatchObject({
    code: 'quantum.closed_by_peer',
    details: { code: 42, reason: 'enough' },
  })
})

test('a connection that was idle for long says that it is closed, and lingers from then on', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(300)
  const { connection } = pair.accepted!
  const idleUntil = pair.simulation.now + 5_000
  connection.close(7, 'over')
  // As a program does that was told to close: what time it is, the engine learns now.
  connection.onDeadline(idleUntil)
  const out = new Uint8Array(1500)
  const length = connection.transmit(idleUntil, out)
  expect(length).toBeGreaterThan(0)
  client.connection.receive(out.slice(0, length), pair.serverStation.address, idleUntil)
  expect(client.closed?.error).toMatchObject({ code: 'quantum.closed_by_peer', details: { code: 7 } })
  expect(connection.state).toBe('closing')
  connection.onDeadline(connection.deadline(idleUntil))
  expect(connection.state).toBe('closed')
})

test('CLS-3 a server that does not answer ends the handshake with an error', () => {
  const pair = new Pair()
  pair.tap = () => undefined
  const client = pair.connect()
  pair.run(9_999)
  expect(client.closed).toBeUndefined()
  pair.run(2)
  expect(client.closed?.error?.code).toBe('quantum.connect_timeout')
})

test('ACK-6 a peer that acknowledges a number left out is found out', () => {
  const numbers = new PacketNumbers(seededRandom(3))
  const taken = new Set(Array.from({ length: 2000 }, () => numbers.take()))
  const skipped = Array.from({ length: numbers.next }, (_, i) => i).filter((number) => !taken.has(number))
  expect(skipped.length).toBeGreaterThan(4)
  expect(() => numbers.checkAcked([skipped[4]!, skipped[4]!], 1)).toThrow(
    expect.objectContaining({ code: 'quantum.protocol_violation' }),
  )
  expect(() => numbers.checkAcked([numbers.next, numbers.next], 1)).toThrow()
  expect(() => numbers.checkAcked([0, 10], 1)).not.toThrow()
})

test('small messages do not wait for lost packets', () => {
  const pair = new Pair({ link: { rateMbit: 100, loss: 0.05 } })
  const client = pair.connect()
  pair.run(300)
  const stream = client.open({ kind: 'messages' })
  const sentAt: number[] = []
  for (let i = 0; i < 300; i++) {
    sentAt.push(pair.simulation.now)
    stream.writeMessage(new Uint8Array(200).fill(i & 0xff))
    pair.run(1000 / 60)
  }
  pair.run(2000)
  const { messages } = pair.accepted!.streams.get(stream.id)!
  const delays = messages.map(({ at }, i) => at - sentAt[i]!).sort((a, b) => a - b)
  expect(delays).toHaveLength(300)
  expect(delays[296]).toBeLessThan(30)
})
