import { expect, test } from 'vitest'
import { type FecEncoder, type RepairSymbol, XOR_CODE } from '../fec/types.ts'
import { Scheduler } from '../streams/scheduler.ts'
import { SendPart } from '../streams/send-part.ts'
import { Stream, type StreamOptions } from '../streams/stream.ts'
import { makeId } from '../streams/stream-ids.ts'
import { namesOf, OpenPair } from '../testing/open-pair.ts'
import { PacketType, StreamKind } from '../wire/constants.ts'
import { DEFAULT_ALGORITHMS } from './algorithms.ts'

const nobody = { onWork: () => {}, onRead: () => {}, onReset: () => {}, onStop: () => {} }
const streamOf = (index: number, options: StreamOptions = {}, kind: StreamKind = StreamKind.bytes) =>
  new Stream(
    makeId(index, kind, true, false),
    { sender: new SendPart(kind, 1e6), receiver: undefined },
    nobody,
    options,
  )

/** Protects every packet with a symbol of its own. */
const eager: FecEncoder = {
  active: true,
  add: (_now, number) => [symbolFor(number)],
  flush: () => [],
  deadline: () => Number.POSITIVE_INFINITY,
  onLossEstimate: () => {},
  onRecovered: () => {},
}
const symbolFor = (number: number): RepairSymbol => ({
  code: XOR_CODE,
  sources: [number],
  repairCount: 1,
  repairIndex: 0,
  data: new Uint8Array(10),
})

test('ORD-1 in a packet: ACK, PATH_*, control, datagrams, copies, stream data by priority, repair symbols', () => {
  const fec = { ...DEFAULT_ALGORITHMS.fec!, encoder: () => eager }
  const pair = new OpenPair({ client: { algorithms: { ...DEFAULT_ALGORITHMS, fec } } })
  const client = pair.connect()
  pair.run(300)
  const [low, high, thin, stopped] = [
    client.open({ priority: 5 }),
    client.open({ priority: 0 }),
    client.open({ kind: 'messages' }),
    client.open(),
  ]
  const { connection } = client
  const server = pair.accepted!
  client.wake = () => {}
  // Its first packet leaves (and is lost): a repair symbol waits behind it, and copies will be due.
  thin.writeMessage(new Uint8Array(30))
  expect(connection.transmit(pair.simulation.now, new Uint8Array(1500))).toBeGreaterThan(0)
  const transmit = connection.transmit.bind(connection)
  connection.transmit = () => 0
  for (const frames of ['0101', '12010203040506070801']) {
    pair.forge('server', frames)
    server.connection.sendDatagram(new Uint8Array([1]))
    pair.run(1)
  }
  low.write(new Uint8Array(20))
  high.write(new Uint8Array(20))
  stopped.stop(1)
  connection.sendDatagram(new Uint8Array([2]))
  pair.run(24)
  const before = pair.of('client').length
  connection.transmit = transmit
  pair.clientStation.pump(connection)
  pair.run(21)
  const packet = pair.of('client')[before]!
  expect(namesOf(packet)).toEqual([
    'ack',
    'pathResponse',
    'stopSending',
    'datagram',
    'stream',
    'stream',
    'stream',
    'stream',
    'fecRepair',
  ])
  const ids = packet.frames.flatMap(({ frame, stream }) => (frame === 'stream' ? [Number(stream)] : []))
  expect(ids).toEqual([thin.id, thin.id, high.id, low.id])
})

test('ORD-1 what is new of thin streams goes before copies, these before bulk', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const [early, late, bulk] = [
    client.open({ kind: 'messages' }),
    client.open({ kind: 'messages' }),
    client.open(),
  ]
  const { connection } = client
  client.wake = () => {}
  const transmit = () => connection.transmit(pair.simulation.now, new Uint8Array(1500))
  early.writeMessage(new Uint8Array(30))
  expect(transmit()).toBeGreaterThan(0)
  const kept = connection.transmit.bind(connection)
  connection.transmit = () => 0
  pair.run(6)
  bulk.write(new Uint8Array(20))
  late.writeMessage(new Uint8Array(30))
  const before = pair.of('client').length
  connection.transmit = kept
  pair.clientStation.pump(connection)
  pair.run(21)
  const ids = pair
    .of('client')
    [before]!.frames.flatMap(({ frame, stream }) => (frame === 'stream' ? [Number(stream)] : []))
  expect(ids).toEqual([late.id, early.id, bulk.id])
})

test('ORD-1 CRYPTO stands before control, datagrams and data', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  const onReady = client.onReady.bind(client)
  client.onReady = (ready) => {
    onReady(ready)
    client.open().write(new Uint8Array(20))
    client.connection.sendDatagram(new Uint8Array([2]))
  }
  pair.run(100)
  const [packet] = pair.of('client', PacketType.oneRtt)
  const names = namesOf(packet!)
  expect(names[0]).toBe('crypto')
  expect(new Set(names)).toEqual(new Set(['crypto', 'newConnectionId', 'datagram', 'stream']))
  expect(names.slice(-2)).toEqual(['datagram', 'stream'])
})

test('ORD-1 lower priorities first, in turn among equals', () => {
  const scheduler = new Scheduler()
  const [one, two, three, urgent] = [streamOf(0), streamOf(1), streamOf(2), streamOf(3, { priority: 0 })]
  for (const stream of [one, two, three, urgent]) {
    stream.sender!.write(new Uint8Array(1000))
    scheduler.add(stream)
  }
  expect(scheduler.next(1e6, false)).toBe(urgent)
  urgent.sender!.reset(0)
  const turns = Array.from({ length: 6 }, () => {
    const next = scheduler.next(1e6, false)!
    scheduler.rotate(next)
    return next
  })
  expect(turns).toEqual([one, two, three, one, two, three])
})

test('ORD-2 streams of messages have priority 2, of bytes 4, unless the application says otherwise', () => {
  expect(streamOf(0).priority).toBe(4)
  expect(streamOf(0, {}, StreamKind.messages).priority).toBe(2)
  expect(streamOf(0, {}, StreamKind.unordered).priority).toBe(2)
  expect(streamOf(0, { priority: 6 }, StreamKind.messages).priority).toBe(6)
})
