import { expect, test } from 'vitest'
import { CLIENT, Pair } from '../testing/pair.ts'
import { readPublicHeader } from '../wire/header.ts'

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()
const bytes = (words: string) => new TextEncoder().encode(words)

test('ADR-3 a server under load asks for proof of address first; the handshake then takes two round trips', () => {
  const pair = new Pair({ limits: { retryFrom: 0 } })
  const client = pair.connect()
  pair.run(25)
  expect(pair.serverStation.endpoint.connections.size).toBe(0)
  expect(pair.serverStation.endpoint.routeCount).toBe(0)
  pair.run(1000, () => client.ready !== undefined)
  expect(pair.simulation.now).toBeCloseTo(80, 0)
  expect(pair.serverStation.endpoint.counters).toMatchObject({ retries: 1, accepted: 1 })
  pair.run(500)
  expect(client.confirmedAt).toBeDefined()
  const again = pair.connect({ addressToken: client.addressToken! })
  const start = pair.simulation.now
  pair.run(1000, () => again.ready !== undefined)
  expect(pair.simulation.now - start).toBeCloseTo(40, 0)
})

test('a resumed connection sends idempotent data in its first flight, the rest after the answer (RES-2, RES-4)', () => {
  const pair = new Pair()
  const first = pair.connect()
  pair.run(300)
  const second = pair.connect({ resumption: first.resumption! })
  const early = second.open({ idempotent: true })
  early.write(bytes('early'))
  early.end()
  const late = second.open()
  late.write(bytes('late'))
  const start = pair.simulation.now
  pair.run(1000, () => pair.accepted?.streams.get(early.id)?.ended === true)
  expect(pair.simulation.now - start).toBeCloseTo(20, 0)
  expect(pair.accepted!.streams.get(early.id)!.stream.early).toBe(true)
  expect(pair.accepted!.streams.has(late.id)).toBe(false)
  pair.run(1000, () => text(pair.accepted?.bytesOf(late.id)) === 'late')
  expect(pair.simulation.now - start).toBeCloseTo(60, 0)
  expect(pair.accepted!.streams.get(late.id)!.stream.early).toBe(false)
  expect(second.ready).toMatchObject({ resumed: true, early: true })
})

test('RES-3 a replayed first flight reaches no application twice', () => {
  const pair = new Pair()
  const first = pair.connect()
  pair.run(300)
  const flight: Uint8Array[] = []
  pair.tap = (datagram) => {
    if (datagram.from === CLIENT) flight.push(datagram.bytes.slice())
    return datagram
  }
  const second = pair.connect({ resumption: first.resumption! })
  const stream = second.open({ idempotent: true })
  stream.write(bytes('pay'))
  stream.end()
  pair.run(1000)
  pair.tap = (datagram) => datagram
  const before = pair.serverStation.peers.length
  const attacker = { address: '203.0.113.9', port: 9 }
  // The id of the first flight belongs to nobody any more: the server takes it for a new client.
  for (const datagram of flight) pair.serverStation.receive({ bytes: datagram, from: attacker, to: attacker })
  pair.run(12_000)
  const replayed = pair.serverStation.peers.slice(before)
  expect(replayed.length).toBeGreaterThan(0)
  for (const peer of replayed) expect(peer.streams.size).toBe(0)
})

test('RES-4 early data that the server refuses arrives once, after the answer', () => {
  const pair = new Pair()
  const first = pair.connect()
  pair.run(300)
  const other = new Pair({ seed: 9 })
  const client = other.connect({ resumption: first.resumption! })
  const stream = client.open({ idempotent: true })
  stream.write(bytes('once'))
  stream.end()
  other.run(2000)
  expect(client.ready).toMatchObject({ resumed: false, early: false })
  expect(text(other.accepted!.bytesOf(stream.id))).toBe('once')
})

test('early data refused because limits shrank begins again under the new ones (RES-2, RES-4)', () => {
  const pair = new Pair()
  const first = pair.connect()
  pair.run(300)
  const resumption = first.resumption!
  const parameters = { ...resumption.parameters, maxStreamData: 2_000, maxData: 3_000 }
  const small = new Pair({ seed: 5, server: { parameters, tickets: pair.tickets } })
  const client = small.connect({ resumption })
  const stream = client.open({ idempotent: true })
  stream.write(new Uint8Array(20_000).fill(3))
  stream.end()
  small.run(20_000, () => small.accepted?.streams.get(stream.id)?.ended === true)
  expect(client.ready).toMatchObject({ resumed: true, early: false })
  expect(small.accepted!.bytesOf(stream.id)).toEqual(Buffer.alloc(20_000, 3))
})

test('PTH-2 a client whose address changes is followed, and the new address proved', () => {
  const pair = new Pair({ link: { rateMbit: 20 } })
  const client = pair.connect()
  pair.run(300)
  const stream = client.open()
  const data = new Uint8Array(2_000_000).fill(5)
  stream.write(data)
  stream.end()
  pair.run(200)
  pair.clientStation.address = { address: '203.0.113.77', port: 6000 }
  pair.run(20_000, () => pair.accepted?.streams.get(stream.id)?.ended === true)
  expect(pair.accepted!.bytesOf(stream.id).length).toBe(data.length)
  expect(pair.accepted!.connection.address).toEqual(pair.clientStation.address)
  pair.clientStation.address = { address: '203.0.113.78', port: 6001 }
  client.connection.migrate(pair.simulation.now)
  pair.run(1000)
  expect(pair.accepted!.connection.address).toEqual(pair.clientStation.address)
  expect(pair.accepted!.closed).toBeUndefined()
})

test('who only claims another address gets three times what he sent there at most (ADR-1, PTH-2)', () => {
  const pair = new Pair({ link: { rateMbit: 100 } })
  const client = pair.connect()
  pair.run(300)
  const victim = { address: '203.0.113.66', port: 1 }
  const accepted = pair.accepted!
  const stream = accepted.open({ unidirectional: true })
  stream.write(new Uint8Array(3_000_000))
  pair.run(300)
  let sent = 0
  let received = 0
  pair.tap = (datagram) => {
    if (datagram.from === CLIENT) {
      sent += datagram.bytes.length
      return { ...datagram, from: victim }
    }
    if (datagram.to !== victim) return datagram
    received += datagram.bytes.length
    return undefined
  }
  pair.run(1000)
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThanOrEqual(sent * 3)
  expect(client.closed).toBeUndefined()
})

test('ADR-1 a hello that is answered is answered with three times its bytes at most', () => {
  const pair = new Pair()
  let sent = 0
  let received = 0
  pair.tap = (datagram) => {
    if (datagram.from !== CLIENT) {
      received += datagram.bytes.length
      return undefined
    }
    if (sent > 0) return undefined
    sent += datagram.bytes.length
    return datagram
  }
  pair.connect()
  pair.run(9000)
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThanOrEqual(sent * 3)
})

test('PTH-5 a client learns at once that its server has forgotten it', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(300)
  pair.serverStation.endpoint.forget(pair.accepted!.connection)
  const stream = client.open()
  stream.write(new Uint8Array(100))
  pair.run(100)
  expect(client.closed?.error?.code).toBe('quantum.reset')
})

test('PKT-5 another version is answered with ours; too short a hello is not answered', () => {
  const pair = new Pair()
  const answers: Uint8Array[] = []
  pair.tap = (datagram) => {
    if (datagram.from !== CLIENT) answers.push(datagram.bytes)
    return datagram
  }
  const hello = new Uint8Array(1200)
  hello.set([0xc0, 0, 0, 0, 9, 8, 1, 2, 3, 4, 5, 6, 7, 8, 2, 9, 9])
  pair.serverStation.receive({ bytes: hello, from: CLIENT, to: CLIENT })
  pair.serverStation.receive({ bytes: hello.slice(0, 1199), from: CLIENT, to: CLIENT })
  pair.run(100)
  expect(answers).toHaveLength(1)
  expect(readPublicHeader(answers[0]!, 0)).toMatchObject({ version: 0, destination: new Uint8Array([9, 9]) })
})

test('a client that is not welcome is told so; a wrong server is not spoken to', () => {
  const pair = new Pair()
  const client = pair.connect({ isServer: () => false })
  pair.run(1000)
  expect(client.closed?.error?.code).toBe('quantum.identity_rejected')
  const second = pair.connect({ protocols: ['other'] })
  pair.run(1000)
  expect(second.closed?.error?.code).toBe('quantum.version')
})

test('what has ended leaves no routes, no connections and no timers behind', () => {
  const pair = new Pair({ server: {} })
  for (let i = 0; i < 20; i++) {
    const client = pair.connect()
    pair.run(200)
    client.connection.close(i % 2)
    pair.run(100)
  }
  pair.run(60_000)
  for (const { endpoint } of [pair.clientStation, pair.serverStation]) {
    expect(endpoint.connections.size).toBe(0)
    expect(endpoint.routeCount).toBe(0)
  }
})
