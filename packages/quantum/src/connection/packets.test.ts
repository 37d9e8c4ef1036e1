import { expect, test } from 'vitest'
import { OpenPair } from '../testing/open-pair.ts'
import { CLIENT, SERVER } from '../testing/pair.ts'
import { PacketType, VERSION } from '../wire/constants.ts'
import { writeVersionNegotiation } from '../wire/header.ts'

/** A connection that is open, for a client that has said and heard everything of the handshake. */
function opened(options: ConstructorParameters<typeof OpenPair>[0] = {}) {
  const pair = new OpenPair(options)
  const client = pair.connect()
  pair.run(300)
  return { pair, client, server: pair.accepted! }
}

/** The first flight of a client that resumes and has early data: an Initial packet and a 0-RTT packet in one datagram. */
function earlyFlight() {
  const { pair, client } = opened()
  pair.seen.length = 0
  let id = -1
  const second = pair.connect({ resumption: client.resumption! }, (peer) => {
    const stream = peer.open({ idempotent: true })
    stream.write(new Uint8Array(10))
    id = stream.id
  })
  return { pair, second, id }
}

test('PKT-1 packets share datagrams, and only the last of one is 1-RTT', () => {
  const { pair, second } = earlyFlight()
  pair.run(300)
  expect(second.confirmedAt).toBeDefined()
  const [first, behind] = pair.of('client')
  expect([first?.type, behind?.type]).toEqual([PacketType.initial, PacketType.zeroRtt])
  expect([first?.index, behind?.index]).toEqual([0, 1])
  for (const [i, packet] of pair.seen.entries())
    if (packet.type === PacketType.oneRtt) expect(pair.seen[i + 1]?.index ?? 0).toBe(0)
})

test('PKT-1 what cannot be read ends the reading of the datagram', () => {
  const { pair, second, id } = earlyFlight()
  const pass = pair.tap
  let cut = false
  pair.tap = (datagram) => {
    const passed = pass(datagram)
    if (cut || !passed) return passed
    cut = true
    const at = passed.bytes.findLastIndex((byte, i) => byte === 0xd0 && passed.bytes[i + 1] === 0x51)
    expect(at).toBeGreaterThan(0)
    const junk = new Uint8Array(40)
    const bytes = Buffer.concat([passed.bytes.subarray(0, at), junk, passed.bytes.subarray(at)])
    return { ...passed, bytes: new Uint8Array(bytes) }
  }
  pair.run(25)
  expect(pair.serverStation.peers).toHaveLength(2)
  expect(pair.accepted!.streams.has(id)).toBe(false)
  pair.run(300)
  expect(second.confirmedAt).toBeDefined()
  expect(pair.accepted!.bytesOf(id)).toHaveLength(10)
})

test('PKT-3 short headers: form, key phase, eight bytes of an id that the receiver issued', () => {
  const { pair, client } = opened({ client: { keyUpdateAfter: 6 } })
  for (let i = 0; i < 30; i++) {
    client.connection.sendDatagram(new Uint8Array(50))
    pair.run(50)
  }
  const serverId = pair.of('server', PacketType.initial)[0]!.source
  const clientId = pair.of('client', PacketType.initial)[0]!.source
  for (const side of ['client', 'server'] as const) {
    const packets = pair.of(side, PacketType.oneRtt)
    for (const { first } of packets) expect(first & 0xc0).toBe(0x40)
    expect(packets[0]?.destination).toBe(side === 'client' ? serverId : clientId)
    expect(packets[0]?.destination).toHaveLength(16)
    const phases = packets.map(({ first }) => (first >> 2) & 1)
    expect(phases[0]).toBe(0)
    expect(phases).toContain(1)
  }
  expect(client.connection.statistics().keyUpdates).toBeGreaterThan(1)
})

test('PKT-4 the length of the number stands in two bits, and reserved bits are 0', () => {
  const { pair, client } = opened()
  const stream = client.open()
  stream.write(new Uint8Array(3_000_000))
  pair.run(2000)
  for (const { first } of pair.seen) expect(first & (first & 0x80 ? 0x0c : 0x38)).toBe(0)
  // Read with the length that the bits say, all frames of all packets made sense; and both lengths were used.
  expect(new Set(pair.of('client', PacketType.oneRtt).map(({ first }) => first & 3)).size).toBeGreaterThan(1)
  expect(pair.accepted!.bytesOf(stream.id)).toHaveLength(3_000_000)
})

test('PKT-6 Initial packets are counted apart from 0-RTT and 1-RTT packets, which are counted together', () => {
  const { pair } = earlyFlight()
  pair.run(300)
  const numbers = (type: PacketType) => pair.of('client', type).map(({ number }) => number)
  expect(numbers(PacketType.initial)[0]).toBe(0)
  expect(numbers(PacketType.zeroRtt)[0]).toBe(0)
  const application = [...numbers(PacketType.zeroRtt), ...numbers(PacketType.oneRtt)]
  expect(application).toEqual([...new Set(application)].sort((a, b) => a - b))
})

test('PKT-8 a packet that comes twice is acted on once', () => {
  const { pair, client, server } = opened()
  const pass = pair.tap
  pair.tap = (datagram) => {
    const passed = pass(datagram)
    if (passed?.from === CLIENT) pair.serverStation.receive({ ...passed, bytes: passed.bytes.slice() })
    return passed
  }
  const before = server.connection.statistics().packetsReceived
  client.connection.sendDatagram(new Uint8Array([1]))
  pair.run(100)
  expect(server.datagrams).toHaveLength(1)
  const sent = pair.of('client').filter(({ at }) => at > 300).length
  expect(server.connection.statistics().packetsReceived - before).toBe(sent)
})

test('PKT-5 version negotiation ends a handshake that has heard nothing else, and no other', () => {
  const negotiation = (pair: OpenPair) => {
    const { source, destination } = pair.of('client', PacketType.initial)[0]!
    const bytes = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'))
    const out = new Uint8Array(64)
    const length = writeVersionNegotiation(out, { destination: bytes(source), source: bytes(destination) })
    expect([...out.subarray(1, 5)]).toEqual([0, 0, 0, 0])
    expect(new DataView(out.buffer).getUint32(length - 4)).toBe(VERSION)
    pair.clientStation.receive({ bytes: out.slice(0, length), from: SERVER, to: CLIENT })
  }
  const pair = new OpenPair()
  const early = pair.connect()
  pair.run(25)
  negotiation(pair)
  expect(early.closed?.error?.code).toBe('quantum.version')
  const { pair: other, client } = opened()
  negotiation(other)
  expect(client.closed).toBeUndefined()
})
