import { seededRandom } from '@stoa/kernel'
import { expect, test } from 'vitest'
import { AddressTokens } from '../endpoint/address-tokens.ts'
import { Sealer } from '../handshake/ticket.ts'
import { nodeCrypto } from '../node/crypto.ts'
import { OpenPair, unhex } from '../testing/open-pair.ts'
import { CLIENT, Pair, SERVER } from '../testing/pair.ts'
import { PacketType } from '../wire/constants.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { Path } from './path.ts'

const ELSEWHERE = { address: '203.0.113.66', port: 1 }

function opened(options: ConstructorParameters<typeof OpenPair>[0] = {}) {
  const pair = new OpenPair(options)
  const client = pair.connect()
  pair.run(300)
  return { pair, client, server: pair.accepted! }
}

const idsOf = (pair: OpenPair, side: 'client' | 'server') =>
  pair.of(side).flatMap(({ frames }) => frames.filter(({ frame }) => frame === 'newConnectionId'))

test('PTH-1 each side issues four ids of eight bytes, fewer when the peer takes no more', () => {
  const { pair } = opened()
  for (const side of ['client', 'server'] as const) {
    const issued = idsOf(pair, side)
    expect(issued.map(({ sequence }) => sequence)).toEqual(['0', '1', '2', '3'])
    expect(new Set(issued.map(({ id }) => id)).size).toBe(4)
    for (const { id } of issued) expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(issued[0]?.id).toBe(pair.of(side, PacketType.initial)[0]?.source)
  }
  const two = opened({ client: { parameters: { ...DEFAULT_PARAMETERS, connectionIdLimit: 2 } } })
  expect(idsOf(two.pair, 'server')).toHaveLength(2)
})

test('PTH-1 a client that changes its address on purpose calls an id that it has not called before', () => {
  const { pair, client } = opened()
  const called = () => new Set(pair.of('client', PacketType.oneRtt).map(({ destination }) => destination))
  const before = called()
  pair.seen.length = 0
  pair.clientStation.address = ELSEWHERE
  client.connection.migrate(pair.simulation.now)
  pair.run(300)
  expect(pair.accepted!.connection.address).toEqual(ELSEWHERE)
  for (const id of called()) expect(before.has(id)).toBe(false)
  const frames = pair.of('client').flatMap((packet) => packet.frames)
  expect(frames).toContainEqual({ frame: 'retireConnectionId', sequence: '0' })
})

/** Lets one packet of the client come from elsewhere. */
function claim(
  pair: OpenPair,
  client: { connection: { sendDatagram(data: Uint8Array): void } },
  from = ELSEWHERE,
) {
  const pass = pair.tap
  pair.tap = (datagram) => {
    const passed = pass(datagram)
    if (datagram.to === ELSEWHERE) return undefined
    if (datagram.from !== CLIENT || !passed) return passed
    pair.tap = (later) => (later.to === ELSEWHERE ? void pass(later) : pass(later))
    return { ...passed, from }
  }
  client.connection.sendDatagram(new Uint8Array([1]))
  pair.run(25)
}

test('PTH-2 a new address is challenged, and left for the old one when it does not answer', () => {
  const { pair, client, server } = opened()
  expect(server.connection.statistics().minRttMs).toBeGreaterThan(0)
  claim(pair, client)
  expect(server.connection.address).toEqual(ELSEWHERE)
  expect(server.connection.statistics().minRttMs).toBe(0)
  // Nothing comes from the old address that would bring the server back.
  pair.loses = ({ from }) => from === 'client'
  pair.run(10_000, () => server.connection.address === CLIENT)
  expect(server.connection.address).toEqual(CLIENT)
  const frames = pair.of('server').flatMap((packet) => packet.frames)
  expect(frames.map(({ frame }) => frame)).toContain('pathChallenge')
  pair.loses = () => false
  const stream = client.open()
  stream.write(new Uint8Array(1000))
  pair.run(2000)
  expect(server.bytesOf(stream.id)).toHaveLength(1000)
})

test('PTH-2 of a change of the port alone RTT, window and MTU are kept', () => {
  const { pair, client, server } = opened()
  const { minRttMs, datagramSize } = server.connection.statistics()
  const port = { ...CLIENT, port: 5999 }
  claim(pair, client, port)
  expect(server.connection.address).toEqual(port)
  expect(server.connection.statistics()).toMatchObject({ minRttMs, datagramSize })
})

test('PTH-2 a packet that is not the newest moves nothing', () => {
  const { pair, client, server } = opened()
  const held: Parameters<typeof pair.tap>[0][] = []
  const pass = pair.tap
  pair.tap = (datagram) => {
    if (datagram.from === CLIENT && held.length === 0) {
      held.push({ ...datagram, bytes: datagram.bytes.slice() })
      return undefined
    }
    return pass(datagram)
  }
  for (const data of [1, 2]) {
    client.connection.sendDatagram(new Uint8Array([data]))
    pair.run(5)
  }
  pair.run(40)
  pair.serverStation.receive({ ...held[0]!, from: ELSEWHERE })
  expect(server.datagrams.map(([data]) => data)).toEqual([2, 1])
  expect(server.connection.address).toEqual(CLIENT)
})

test.each([
  ['00', false],
  ['120102030405060708', false],
  ['130102030405060708', false],
  [`10040008${'0102030405060708'.repeat(3)}`, false],
  ['01', true],
  ['190161', true],
  ['12010203040506070801', true],
])('PTH-3 a packet that holds %s moves the connection: %s', (frames, moves) => {
  const { pair, client, server } = opened()
  pair.forge('client', frames)
  claim(pair, client)
  expect(server.connection.address).toEqual(moves ? ELSEWHERE : CLIENT)
})

test('PTH-4 a client takes packets from the address it sent to, only', () => {
  const { pair, client, server } = opened()
  const pass = pair.tap
  pair.tap = (datagram) => {
    const passed = pass(datagram)
    return passed && passed.from === SERVER ? { ...passed, from: ELSEWHERE } : passed
  }
  const before = client.connection.statistics()
  server.connection.sendDatagram(new Uint8Array([1]))
  pair.run(30)
  expect(client.connection.statistics()).toMatchObject({
    bytesReceived: before.bytesReceived,
    packetsReceived: before.packetsReceived,
  })
  expect(client.datagrams).toEqual([])
  pair.tap = pass
  server.connection.sendDatagram(new Uint8Array([2]))
  pair.run(30)
  expect(client.datagrams).toEqual([new Uint8Array([2])])
})

test('PTH-5 a reset is shorter than what provoked it, 43 to 64 bytes, and ends in the token of the id', () => {
  const { pair, server } = opened()
  const [, second] = idsOf(pair, 'server')
  pair.serverStation.endpoint.forget(server.connection)
  const resets: Uint8Array[] = []
  pair.tap = ({ bytes, from }) => {
    if (from === SERVER) resets.push(bytes)
    return undefined
  }
  const stray = (length: number) => {
    const bytes = new Uint8Array(length).fill(7)
    bytes[0] = 0x43
    bytes.set(unhex(String(second!.id)), 1)
    pair.serverStation.receive({ bytes, from: CLIENT, to: SERVER })
    pair.run(25)
    return resets.splice(0)
  }
  expect(stray(43)).toEqual([])
  for (const [length, answer] of [
    [44, 43],
    [64, 63],
    [1200, 64],
  ] as const) {
    const [reset, ...more] = stray(length)
    expect(more).toEqual([])
    expect(reset).toHaveLength(answer)
    expect(reset![0]! & 0xc0).toBe(0x40)
    expect(Buffer.from(reset!.subarray(-16)).toString('hex')).toBe(second!.resetToken)
  }
})

test('PTH-5 at most 100 resets leave in a second', () => {
  const pair = new Pair()
  pair.run(2000)
  const strays = () => {
    const { resets } = pair.serverStation.endpoint.counters
    for (let i = 0; i < 300; i++)
      pair.serverStation.receive({ bytes: new Uint8Array(100).fill(0x41), from: CLIENT, to: SERVER })
    return pair.serverStation.endpoint.counters.resets - resets
  }
  expect([strays(), strays()]).toEqual([100, 0])
  pair.run(1001)
  expect(strays()).toBe(100)
})

test('ADR-2 the token of a Retry is bound to address, port and ids, for 10 s', () => {
  const tokens = new AddressTokens(new Sealer(nodeCrypto, seededRandom(1)))
  const ids = { original: new Uint8Array(8).fill(1), retry: new Uint8Array(8).fill(2) }
  const token = tokens.forRetry(CLIENT, ids, 0)
  expect(tokens.check(token, CLIENT, ids.retry, 9_999)).toEqual({ originalId: ids.original })
  expect(tokens.check(token, CLIENT, ids.retry, 10_000)).toBeUndefined()
  expect(tokens.check(token, { ...CLIENT, port: 1 }, ids.retry, 1)).toBeUndefined()
  expect(tokens.check(token, { ...CLIENT, address: '198.51.100.8' }, ids.retry, 1)).toBeUndefined()
  expect(tokens.check(token, CLIENT, ids.original, 1)).toBeUndefined()
  const forged = token.slice()
  forged[20]! ^= 1
  expect(tokens.check(forged, CLIENT, ids.retry, 1)).toBeUndefined()
})

test('ADR-2 the token of an earlier connection is bound to the address, for 24 h', () => {
  const tokens = new AddressTokens(new Sealer(nodeCrypto, seededRandom(1)))
  const token = tokens.forLater(CLIENT, 0)
  const anyId = new Uint8Array(8)
  const day = 24 * 3600_000
  expect(tokens.check(token, { ...CLIENT, port: 1 }, anyId, day - 1)).toEqual({ originalId: undefined })
  expect(tokens.check(token, CLIENT, anyId, day)).toBeUndefined()
  expect(tokens.check(token, ELSEWHERE, anyId, 1)).toBeUndefined()
})

test('an address takes three times what came from it until PATH_RESPONSE proves it (ADR-1, ADR-2)', () => {
  const path = new Path(CLIENT, false, seededRandom(1))
  path.received = 100
  path.sent = 120
  expect(path.budget).toBe(180)
  path.startChallenge()
  const challenge = path.takeChallenge(0, 100)!
  expect(path.onResponse(new Uint8Array(8))).toBe(false)
  expect(path.budget).toBe(180)
  expect(path.onResponse(challenge.slice())).toBe(true)
  expect(path.budget).toBe(Number.POSITIVE_INFINITY)
})
