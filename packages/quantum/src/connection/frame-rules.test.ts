import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { namesOf, OpenPair } from '../testing/open-pair.ts'
import { CLIENT } from '../testing/pair.ts'
import { plainVisitor } from '../testing/plain-visitor.ts'
import type { Plain } from '../testing/reference-decode.ts'
import { PacketType } from '../wire/constants.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { readFrames } from '../wire/read-frames.ts'
import { Reader } from '../wire/varint.ts'

const EIGHT = '0102030405060708'
const FRAMES = {
  padding: '00',
  ping: '01',
  ack: '0200000000',
  recovered: '03000000',
  resetStream: '04000000',
  stopSending: '050000',
  crypto: '060000',
  ticket: '07010161',
  maxData: '0810',
  maxStreamData: '090010',
  maxStreamsBidi: '0a10',
  maxStreamsUni: '0b10',
  dataBlocked: '0c10',
  streamDataBlocked: '0d0010',
  streamsBlockedBidi: '0e10',
  streamsBlockedUni: '0f10',
  newConnectionId: `10040008${EIGHT}${EIGHT}${EIGHT}`,
  retireConnectionId: '1101',
  pathChallenge: `12${EIGHT}`,
  pathResponse: `13${EIGHT}`,
  close: '140000',
  handshakeDone: '16',
  addressToken: '170161',
  datagram: '190161',
  fecRepair: '1a000001010003000161',
  stream: '22000161',
} as const
type Name = keyof typeof FRAMES

function opened() {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  return { pair, client, server: pair.accepted! }
}

test.each(Object.keys(FRAMES) as Name[])('FRM-2 %s in an Initial packet', (name) => {
  const pair = new OpenPair()
  pair.forge('server', FRAMES[name], PacketType.initial)
  const client = pair.connect()
  pair.run(45)
  const code = client.closed?.error?.code
  if (name === 'close') expect(code).toBe('quantum.closed_by_peer')
  else if (['padding', 'ping', 'ack', 'crypto'].includes(name)) expect(code).toBeUndefined()
  else expect(code).toBe('quantum.protocol_violation')
})

const NOT_EARLY: readonly Name[] = [
  'ack',
  'recovered',
  'crypto',
  'ticket',
  'addressToken',
  'handshakeDone',
  'newConnectionId',
  'retireConnectionId',
  'pathChallenge',
  'pathResponse',
]

test.each(Object.keys(FRAMES) as Name[])('FRM-2 %s in a 0-RTT packet', (name) => {
  const { pair, client } = opened()
  pair.forge('client', FRAMES[name], PacketType.zeroRtt)
  pair.connect({ resumption: client.resumption! }, (peer) => {
    peer.open({ idempotent: true }).write(new Uint8Array(100))
  })
  pair.run(25)
  const code = pair.accepted!.closed?.error?.code
  if (name === 'close') expect(code).toBe('quantum.closed_by_peer')
  else expect(code).toBe(NOT_EARLY.includes(name) ? 'quantum.protocol_violation' : undefined)
})

test('RES-2 0-RTT packets hold only data of streams, and datagrams, that were called idempotent', () => {
  const { pair, client } = opened()
  pair.seen.length = 0
  pair.connect({ resumption: client.resumption! }, (peer) => {
    peer.open().write(new Uint8Array([1]))
    const early = peer.open({ idempotent: true })
    early.write(new Uint8Array(3000))
    early.stop(3)
    peer.connection.sendDatagram(new Uint8Array([2]), true)
    peer.connection.sendDatagram(new Uint8Array([3]))
  })
  pair.run(25)
  const frames = pair.of('client', PacketType.zeroRtt).flatMap((packet) => packet.frames)
  expect(new Set(frames.map(({ frame }) => frame))).toEqual(new Set(['stream', 'datagram']))
  expect(frames.filter(({ frame }) => frame === 'datagram').map(({ data }) => data)).toEqual(['02'])
  const streams = frames.filter(({ frame }) => frame === 'stream').map(({ stream }) => stream)
  expect(new Set(streams)).toEqual(new Set(['16']))
})

test('ACK-1 every frame but ACK, RECOVERED, PADDING and CLOSE asks for an acknowledgement', () => {
  const file = new URL('../../../../contracts/vectors/quantum/valid-frames.json', import.meta.url)
  const vectors: { payload: string }[] = JSON.parse(readFileSync(file, 'utf8'))
  const silent = ['ack', 'recovered', 'padding', 'close', 'closeApplication']
  const payloads = [...vectors.map(({ payload }) => payload), ...Object.values(FRAMES)]
  for (const payload of payloads) {
    const frames: Plain[] = []
    const asks = readFrames(new Reader(new Uint8Array(Buffer.from(payload, 'hex'))), plainVisitor(frames))
    expect(asks, payload).toBe(frames.some(({ frame }) => !silent.includes(String(frame))))
  }
})

test('ACK-2 an acknowledgement that could wait rides along with what is sent', () => {
  const { pair, client, server } = opened()
  client.connection.sendDatagram(new Uint8Array([1]))
  pair.run(21)
  const before = pair.of('server').length
  server.open().write(new Uint8Array(10))
  pair.run(21)
  const [packet, ...more] = pair.of('server').slice(before)
  expect(namesOf(packet!)).toEqual(['ack', 'stream'])
  expect(more).toEqual([])
})

test('FRM-3 data is sent again after a loss, datagrams, answers to challenges and ACK are not', () => {
  const { pair, client, server } = opened()
  const stream = client.open()
  pair.forge('server', `${FRAMES.pathChallenge}01`)
  let lost = 0
  pair.loses = (packet) =>
    packet.from === 'client' && namesOf(packet).includes('pathResponse') && lost++ === 0
  server.connection.sendDatagram(new Uint8Array([1]))
  pair.run(15)
  client.wake = () => {}
  client.connection.sendDatagram(new Uint8Array([1, 2, 3]))
  stream.write(new Uint8Array(10))
  pair.run(3000)
  expect(lost).toBe(1)
  const sent = pair.of('client').filter(({ at }) => at > 300)
  expect(namesOf(sent[0]!)).toEqual(expect.arrayContaining(['pathResponse', 'datagram', 'stream']))
  const later = sent.slice(1).flatMap(namesOf)
  expect(later).toContain('stream')
  expect(later).not.toContain('datagram')
  expect(later).not.toContain('pathResponse')
  expect(server.bytesOf(stream.id)).toHaveLength(10)
  expect(server.datagrams).toEqual([])
})

test('FRM-3 of limits that were lost the latest is sent again', () => {
  const parameters = { ...DEFAULT_PARAMETERS, maxData: 40_000, maxStreamData: 40_000 }
  const pair = new OpenPair({ server: { parameters } })
  const client = pair.connect()
  pair.run(300)
  let loses = true
  pair.loses = (packet) => loses && packet.from === 'server' && namesOf(packet).includes('maxData')
  const stream = client.open()
  stream.write(new Uint8Array(100_000))
  pair.run(200)
  const limits = () =>
    pair.of('server').flatMap(({ frames }) => frames.flatMap((f) => (f.frame === 'maxData' ? [f.limit] : [])))
  const lost = limits().map(Number)
  expect(lost.length).toBeGreaterThan(1)
  loses = false
  pair.run(3000)
  const again = limits().slice(lost.length).map(Number)
  expect(Math.min(...again)).toBeGreaterThanOrEqual(Math.max(...lost))
  expect(pair.accepted!.bytesOf(stream.id)).toHaveLength(100_000)
})

/** The code of the CLOSE with which the server answers frames of a client. */
function closeCode(frames: string): unknown {
  const { pair, client, server } = opened()
  pair.forge('client', frames)
  client.connection.sendDatagram(new Uint8Array([1]))
  pair.run(100)
  expect(server.connection.state).toBe('closing')
  return pair
    .of('server')
    .flatMap((packet) => packet.frames)
    .find(({ frame }) => frame === 'close')?.code
}

test('ENC-3 a packet whose frames do not parse closes with 0x07', () => {
  expect(closeCode('1b')).toBe('7')
  expect(closeCode('060044ff')).toBe('7')
})

test('ENC-3 a packet that holds no frame closes with 0x0a', () => {
  const { pair, client, server } = opened()
  const pass = pair.tap
  pair.tap = (datagram) => {
    const passed = pass(datagram)
    if (!passed || passed.from !== CLIENT) return passed
    // The number in four bytes, and the tag right behind it.
    const bytes = new Uint8Array(1 + 8 + 4 + 16)
    bytes.set(passed.bytes.subarray(0, 9))
    bytes[0]! |= 3
    bytes[12] = passed.bytes[9]!
    return { ...passed, bytes }
  }
  client.connection.sendDatagram(new Uint8Array([1]))
  pair.run(100)
  expect(server.closed?.error?.code).toBe('quantum.protocol_violation')
  const close = pair
    .of('server')
    .flatMap(({ frames }) => frames)
    .find(({ frame }) => frame === 'close')
  expect(close?.code).toBe(String(0x0a))
})

test('CLS-1 frames that break limits, or a rule, close at once with 0x03 or 0x0a', () => {
  expect(closeCode('2600bfffffff0161')).toBe('3')
  expect(closeCode('22bfffff000161')).toBe('3')
  expect(closeCode('16')).toBe(String(0x0a))
})
