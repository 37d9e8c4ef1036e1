import { expect, test } from 'vitest'
import { createThinFlowPolicy } from '../fec/thin-flow.ts'
import { StreamFlag, StreamKind } from '../wire/constants.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { ConnectionFlow } from './flow.ts'
import { ReceivePart } from './receive-part.ts'
import { type Chunk, SendPart } from './send-part.ts'
import type { Stream } from './stream.ts'
import { isServerId, isUnidirectional, makeId } from './stream-ids.ts'
import { Streams } from './streams.ts'

const { fin, message } = StreamFlag
const PROTOCOL = expect.objectContaining({ code: 'quantum.protocol_violation' })
const FLOW = expect.objectContaining({ code: 'quantum.flow_control' })

function streamsOf(server: boolean, parameters = DEFAULT_PARAMETERS) {
  const begun: Stream[] = []
  const streams = new Streams(server, parameters, createThinFlowPolicy(), {
    onStream: (stream) => begun.push(stream),
    onStreamsAvailable: () => {},
    onStreamControl: () => {},
    onConnectionControl: () => {},
    wake: () => {},
  })
  streams.setPeer(parameters)
  return { streams, begun }
}

test('STR-1 bit 0 says who opened, bit 1 the direction, bits 2 and 3 the kind, the rest counts for each direction', () => {
  const client = streamsOf(false).streams
  const open = (kind: 'bytes' | 'messages' | 'unordered', unidirectional = false) =>
    client.open({ kind, unidirectional })!.id
  expect([open('bytes'), open('messages'), open('unordered')]).toEqual([0, 16 + 4, 32 + 8])
  expect([open('unordered', true), open('bytes', true)]).toEqual([8 + 2, 16 + 2])
  expect(open('messages')).toBe(48 + 4)
  expect(streamsOf(true).streams.open({ unidirectional: true })!.id).toBe(3)
  expect([isServerId(3), isServerId(2), isUnidirectional(2), isUnidirectional(1)]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('STR-1 a stream begins with its first frame, and a number is used once', () => {
  const { streams, begun } = streamsOf(true)
  const byte = new Uint8Array(1)
  streams.onData(makeId(3, StreamKind.messages, true, false), 0, byte, 0)
  expect(begun.map(({ id, kindName }) => [id, kindName])).toEqual([[48 + 4 + 2, 'messages']])
  // Another kind with the same number is no other stream; another direction is.
  streams.onData(makeId(3, StreamKind.bytes, true, false), 0, byte, 0)
  expect(begun).toHaveLength(1)
  streams.onData(makeId(3, StreamKind.bytes, false, false), 0, byte, 0)
  expect(begun).toHaveLength(2)
  expect(() => streams.onData(makeId(4, 3, true, false), 0, byte, 0)).toThrow(PROTOCOL)
  expect(() => streams.onData(makeId(0, 0, false, true), 0, byte, 0)).toThrow(PROTOCOL)
})

/** Frames that a stream of messages of these lengths is cut into. */
function framesOf(kind: StreamKind, lengths: readonly number[], space: number) {
  const sender = new SendPart(kind, Number.POSITIVE_INFINITY)
  for (const length of lengths) sender.writeMessage(new Uint8Array(length).fill(length))
  const chunk: Chunk = { offset: 0, length: 0, fin: false, message: false, fresh: false }
  const frames: { offset: number; length: number; message: boolean; data: string }[] = []
  while (sender.next(chunk, space, 1e9)) {
    const data = new Uint8Array(chunk.length)
    sender.copy(chunk, data, 0)
    sender.onSent(chunk)
    const { offset, length } = chunk
    frames.push({ offset, length, message: chunk.message, data: Buffer.from(data).toString('hex') })
  }
  return frames
}

test('STR-2 a message is its length as a varint and its bytes, one after the other in one sequence of offsets', () => {
  const data = `02${'02'.repeat(2)}00${'4046'}${'46'.repeat(70)}`
  for (const kind of [StreamKind.messages, StreamKind.unordered])
    expect(framesOf(kind, [2, 0, 70], 1000).map((frame) => [frame.offset, frame.data])).toEqual([[0, data]])
})

test('STR-3 a frame with bit 08 begins at a message and may hold several; one without ends with its message', () => {
  const cut = framesOf(StreamKind.unordered, [3, 3, 30, 3, 3], 12)
  expect(cut.map((frame) => [frame.offset, frame.length, frame.message])).toEqual([
    [0, 12, true],
    [12, 12, false],
    [24, 12, false],
    [36, 3, false],
    [39, 8, true],
  ])
})

test('STR-3 an unordered message is given out when it is whole', () => {
  const part = new ReceivePart(StreamKind.unordered, 1000, 1000)
  const got = () => Buffer.from(part.readMessage() ?? []).toString('hex')
  part.onData(4, new Uint8Array([3, 7, 7]), message)
  expect(got()).toBe('')
  part.onData(8, new Uint8Array([1, 9]), message)
  expect(got()).toBe('09')
  part.onData(7, new Uint8Array([7]), 0)
  expect(got()).toBe('070707')
  expect(got()).toBe('')
})

test('STR-4 data behind the final size, or another final size, is an error', () => {
  const ended = () => {
    const part = new ReceivePart(StreamKind.bytes, 1000, 1000)
    part.onData(0, new Uint8Array(10), fin)
    return part
  }
  expect(() => ended().onData(10, new Uint8Array(1), 0)).toThrow(PROTOCOL)
  expect(() => ended().onData(0, new Uint8Array(9), fin)).toThrow(PROTOCOL)
  expect(() => ended().onReset(0, 9)).toThrow(PROTOCOL)
  expect(() => ended().onReset(0, 11)).toThrow(PROTOCOL)
  ended().onData(0, new Uint8Array(10), fin)
  ended().onReset(0, 10)
  const beyond = new ReceivePart(StreamKind.bytes, 1000, 1000)
  beyond.onData(20, new Uint8Array(1), 0)
  expect(() => beyond.onData(0, new Uint8Array(20), fin)).toThrow(PROTOCOL)
  expect(() => beyond.onReset(0, 20)).toThrow(PROTOCOL)
})

test('STR-4 a reset tells the final size, and the sender’s never changes', () => {
  const part = new ReceivePart(StreamKind.bytes, 1000, 1000)
  part.onReset(7, 30)
  expect([part.finalSize, part.resetCode, part.finished]).toEqual([30, 7, true])
  expect(() => part.onData(30, new Uint8Array(1), 0)).toThrow(PROTOCOL)
  const sender = new SendPart(StreamKind.bytes, 1000)
  sender.write(new Uint8Array(10))
  sender.finish()
  expect(() => sender.write(new Uint8Array(1))).toThrow(
    expect.objectContaining({ code: 'quantum.stream_closed' }),
  )
  expect(sender.end).toBe(10)
})

test('FLW-1 repetition costs nothing, of a stream or of all together', () => {
  const parameters = { ...DEFAULT_PARAMETERS, maxStreamData: 100, maxData: 150 }
  const { streams } = streamsOf(true, parameters)
  for (let i = 0; i < 5; i++) {
    streams.onData(0, 0, new Uint8Array(100), 0)
    streams.onData(16, 40, new Uint8Array(10), 0)
  }
  expect(streams.flow.received).toBe(150)
  expect(() => streams.onData(16, 50, new Uint8Array(1), 0)).toThrow(FLOW)
})

test('FLW-2 limits move when a quarter of the window was read, and resets count as read to the final size', () => {
  const part = new ReceivePart(StreamKind.bytes, 1000, 1000)
  for (let offset = 0; offset < 300; offset += 50) part.onData(offset, new Uint8Array(50), 0)
  for (let i = 0; i < 4; i++) part.read()
  expect([part.consumed, part.nextLimit()]).toEqual([200, 0])
  part.read()
  expect([part.nextLimit(), part.limit]).toEqual([1250, 1250])
  expect(part.nextLimit()).toBe(0)
  const flow = new ConnectionFlow(1000)
  flow.consumed = 249
  expect(flow.nextLimit()).toBe(0)
  flow.consumed = 250
  expect(flow.nextLimit()).toBe(1250)
  const { streams } = streamsOf(true)
  streams.onData(0, 0, new Uint8Array(10), 0)
  streams.onResetFrame(0, 1, 5000)
  expect([streams.flow.received, streams.flow.consumed]).toEqual([5000, 5000])
})

test('FLW-3 a stream of more than 16384 separate pieces cuts its sender off', () => {
  const part = new ReceivePart(StreamKind.bytes, 1 << 20, 1000)
  for (let piece = 0; piece < 16_384; piece++) part.onData(2 * piece, new Uint8Array(1), 0)
  expect(() => part.onData(2 * 16_384, new Uint8Array(1), 0)).toThrow(PROTOCOL)
})
