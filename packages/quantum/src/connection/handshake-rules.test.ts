import { expect, test } from 'vitest'
import { QuantumError } from '../errors.ts'
import { hex, namesOf, OpenPair } from '../testing/open-pair.ts'
import { CLIENT, Pair, SERVER } from '../testing/pair.ts'
import { FrameType, MIN_INITIAL_SIZE, PacketType } from '../wire/constants.ts'
import { readPublicHeader } from '../wire/header.ts'

const bytes = (words: string) => new TextEncoder().encode(words)
const cryptoOf = (pair: OpenPair, from: 'client' | 'server') =>
  pair
    .of(from, PacketType.initial)
    .flatMap(({ frames }) => frames)
    .filter(({ frame }) => frame === 'crypto')

test('HSK-2 a datagram with a hello has 1200 bytes, and the hello fits one packet', () => {
  const pair = new OpenPair()
  const first = pair.connect()
  pair.run(300)
  pair.loses = ({ from, at }) => from === 'server' && at < 1500
  pair.connect({ resumption: first.resumption! }, (peer) => {
    peer.open({ idempotent: true }).write(bytes('early'))
  })
  pair.run(3000)
  const hellos = pair.of('client', PacketType.initial).filter((packet) => namesOf(packet).includes('crypto'))
  expect(hellos.length).toBeGreaterThan(3)
  for (const { datagram } of hellos) expect(datagram).toBeGreaterThanOrEqual(MIN_INITIAL_SIZE)
  for (const { frames } of hellos) expect(frames.find(({ frame }) => frame === 'crypto')?.offset).toBe('0')
})

test('HSK-2 servers keep nothing of an Initial packet that does not bring the hello whole', () => {
  const pair = new OpenPair()
  const pass = pair.tap
  const hellos: Uint8Array[] = []
  pair.tap = (datagram) => {
    hellos.push(datagram.bytes.slice())
    return undefined
  }
  pair.connect()
  pair.run(25)
  pair.tap = pass
  const { endpoint } = pair.serverStation
  const receive = (change: (datagram: Uint8Array) => void) => {
    const datagram = hellos[0]!.slice()
    change(datagram)
    pair.serverStation.receive({ bytes: datagram, from: CLIENT, to: SERVER })
  }
  const at = hex(hellos[0]!).indexOf('0600') / 2
  receive((datagram) => {
    // The hello's first ten bytes, then PADDING.
    datagram.set([FrameType.crypto, 0, 0x40, 10], at)
    datagram.fill(0, at + 14)
  })
  expect([endpoint.connections.size, endpoint.routeCount, endpoint.counters.accepted]).toEqual([0, 0, 0])
  receive((datagram) => datagram.fill(1, at, at + 20))
  expect([endpoint.connections.size, endpoint.routeCount]).toEqual([0, 0])
  receive(() => {})
  expect([endpoint.connections.size, endpoint.counters.accepted]).toEqual([1, 1])
})

test('HSK-6 a client that is welcome hears HANDSHAKE_DONE, and TICKET may follow it (RES-1)', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  expect(client.confirmedAt).toBeDefined()
  const names = pair.of('server', PacketType.oneRtt).flatMap(namesOf)
  expect(names.indexOf('handshakeDone')).toBeGreaterThanOrEqual(0)
  expect(names.indexOf('ticket')).toBeGreaterThan(names.indexOf('handshakeDone'))
})

test('HSK-6 until a client is welcome nothing of it reaches the application; then all of it does', () => {
  const pair = new Pair()
  const client = pair.connect()
  pair.run(21)
  const server = pair.accepted!
  server.welcome = () => {}
  pair.run(100, () => client.ready !== undefined)
  const stream = client.open()
  stream.write(bytes('hello'))
  stream.end()
  client.connection.sendDatagram(bytes('there'))
  pair.run(500)
  expect(server.proof).toEqual({ kind: 'anonymous' })
  expect([server.streams.size, server.datagrams.length]).toEqual([0, 0])
  expect(client.confirmedAt).toBeUndefined()
  server.connection.accept()
  pair.run(100)
  expect(client.confirmedAt).toBeDefined()
  expect(server.bytesOf(stream.id)).toEqual(Buffer.from('hello'))
  expect(server.streams.get(stream.id)?.ended).toBe(true)
  expect(server.datagrams).toEqual([bytes('there')])
})

test('HSK-6 a client that is not welcome hears CLOSE 0x21', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(21)
  pair.accepted!.welcome = (_proof, connection) =>
    connection.fail(new QuantumError('quantum.unauthorized', 'No.'))
  pair.run(300)
  expect(client.closed?.error?.code).toBe('quantum.unauthorized')
  const closes = pair.of('server').flatMap(({ frames }) => frames.filter(({ frame }) => frame === 'close'))
  expect(closes[0]?.code).toBe(String(0x21))
})

test('HSK-7 after a Retry the client calls the id it gave, with its token and the same hello', () => {
  const pair = new OpenPair({ limits: { retryFrom: 0 } })
  const client = pair.connect()
  pair.run(300)
  expect(client.confirmedAt).toBeDefined()
  const [first, second] = pair.of('client', PacketType.initial)
  const [retry, ...more] = pair.of('server', PacketType.retry)
  expect(more).toEqual([])
  expect(retry?.destination).toBe(first?.source)
  expect(retry?.source).not.toBe(first?.destination)
  expect(second?.destination).toBe(retry?.source)
  expect([first?.token, second?.token]).toEqual(['', retry?.token])
  const [hello, repeated] = cryptoOf(pair, 'client')
  expect(hello?.data).toMatch(/^01/)
  expect(repeated).toEqual(hello)
})

test('HSK-7 a Retry with a wrong tag, and a second one, are not followed', () => {
  const pair = new Pair({ limits: { retryFrom: 0 } })
  const retries: Uint8Array[] = []
  const calls: Uint8Array[] = []
  pair.tap = (datagram) => {
    if (datagram.from === CLIENT) {
      calls.push(datagram.bytes.slice())
      // The first two hellos get a Retry each, the rest no answer.
      return calls.length <= 2 ? datagram : undefined
    }
    retries.push(datagram.bytes.slice())
    return undefined
  }
  pair.connect()
  pair.run(700)
  expect(retries.length).toBe(2)
  const destination = () => hex(calls.at(-1)!.subarray(6, 14))
  const original = destination()
  const receive = (bytes: Uint8Array) => {
    pair.clientStation.receive({ bytes, from: SERVER, to: CLIENT })
    pair.run(3000)
    return destination()
  }
  const forged = retries[0]!.slice()
  forged[forged.length - 1]! ^= 1
  expect(receive(forged)).toBe(original)
  const followed = receive(retries[0]!)
  expect(followed).not.toBe(original)
  expect(receive(retries[1]!)).toBe(followed)
})

test('HSK-8 Initial keys are gone: the client’s with the ServerHello, the server’s with the first 1-RTT packet', () => {
  const pair = new Pair()
  const held: { bytes: Uint8Array; from: typeof CLIENT; to: typeof CLIENT }[] = []
  pair.tap = (datagram) => {
    held.push({ ...datagram, bytes: datagram.bytes.slice() })
    return undefined
  }
  const client = pair.connect()
  // Another number than any before, and a tag that is wrong: counted as dropped by who has the keys, ignored by who has not.
  const tries = ({ connection }: typeof client, { bytes, from }: (typeof held)[number]) => {
    const before = connection.statistics().packetsDropped
    const forged = bytes.slice()
    forged[readPublicHeader(forged, 0)!.numberAt]! ^= 0x20
    connection.receive(forged, from, pair.simulation.now)
    return connection.statistics().packetsDropped > before
  }
  pair.run(25)
  const hello = held[0]!
  pair.serverStation.receive({ ...hello, bytes: hello.bytes.slice() })
  pair.run(25)
  const server = pair.accepted!
  const answer = held.find(({ from }) => from === SERVER)!
  expect(tries(client, answer)).toBe(true)
  pair.clientStation.receive({ ...answer, bytes: answer.bytes.slice() })
  expect(client.ready).toBeDefined()
  expect(tries(client, answer)).toBe(false)
  expect(tries(server, hello)).toBe(true)
  pair.tap = (datagram) => datagram
  pair.run(2000, () => client.confirmedAt !== undefined)
  expect(tries(server, hello)).toBe(false)
})
