import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createThinFlowPolicy } from '../fec/thin-flow.ts'
import { StreamFlag, StreamKind } from '../wire/constants.ts'
import { DEFAULT_PARAMETERS } from '../wire/parameters.ts'
import { RangeSet } from './range-set.ts'
import { ReceivePart } from './receive-part.ts'
import { type Chunk, SendPart } from './send-part.ts'
import { makeId } from './stream-ids.ts'
import { Streams } from './streams.ts'

function receivingStreams(parameters = DEFAULT_PARAMETERS) {
  const limits: number[] = []
  const streams = new Streams(true, parameters, createThinFlowPolicy(), {
    onStream: (stream) => {
      stream.onReadable = () => {
        while (stream.read());
        stream.end()
      }
    },
    onStreamsAvailable: () => {},
    onStreamControl: () => {},
    onConnectionControl: (kind, value) => {
      if (kind === 'maxStreamsUni') limits.push(value)
    },
    wake: () => {},
  })
  streams.setPeer(parameters)
  return { streams, limits }
}

test('FLW-1 a peer that opens more streams than it may is cut off long before a million', () => {
  const { streams } = receivingStreams()
  const open = () => {
    for (let i = 0; i < 1_000_000; i++) streams.onData(makeId(i, 0, false, false), 0, new Uint8Array(1), 0)
  }
  expect(open).toThrow(expect.objectContaining({ code: 'quantum.flow_control' }))
  expect(streams.count).toBe(DEFAULT_PARAMETERS.maxStreamsBidi)
})

test('many streams one after the other leave nothing behind', () => {
  const { streams, limits } = receivingStreams()
  for (let i = 0; i < 300_000; i++)
    streams.onData(makeId(i, 0, true, false), 0, new Uint8Array(1), StreamFlag.fin)
  expect(streams.count).toBe(0)
  expect(limits.at(-1)).toBeGreaterThan(300_000)
})

test('FLW-1 a stream, or all of them, beyond the limits of flow control is an error', () => {
  const parameters = { ...DEFAULT_PARAMETERS, maxStreamData: 100, maxData: 150 }
  const one = receivingStreams(parameters).streams
  expect(() => one.onData(0, 90, new Uint8Array(11), 0)).toThrow(
    expect.objectContaining({ code: 'quantum.flow_control' }),
  )
  const all = receivingStreams(parameters).streams
  all.onData(0, 90, new Uint8Array(10), 0)
  expect(() => all.onData(16, 90, new Uint8Array(10), 0)).toThrow(
    expect.objectContaining({ code: 'quantum.flow_control' }),
  )
})

test('a set of ranges is what a set of numbers would be', () => {
  const change = fc.record({ add: fc.boolean(), start: fc.nat(60), length: fc.nat(12) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const ranges = new RangeSet()
      const model = new Set<number>()
      for (const { add, start, length } of changes) {
        const numbers = Array.from({ length }, (_, i) => start + i)
        if (add) expect(ranges.add(start, start + length)).toBe(numbers.filter((n) => !model.has(n)).length)
        else ranges.remove(start, start + length)
        for (const number of numbers) add ? model.add(number) : model.delete(number)
        expect(ranges.covers(start, start + length)).toBe(numbers.every((n) => model.has(n)))
      }
      for (let n = 0; n < 80; n++) expect(ranges.covers(n, n + 1)).toBe(model.has(n))
      const { edges } = ranges
      for (let i = 1; i < edges.length; i++) expect(edges[i]!).toBeGreaterThan(edges[i - 1]!)
    }),
    { seed: 8, numRuns: 300 },
  )
})

/** Sends through any cutting, loss, repetition and order of ranges. */
test('messages survive any cutting and order of their frames (STR-2, STR-3)', () => {
  const kinds = fc.constantFrom(StreamKind.messages, StreamKind.unordered)
  fc.assert(
    fc.property(
      kinds,
      fc.array(fc.nat(300), { maxLength: 12 }),
      fc.array(fc.nat(1000), { maxLength: 200 }),
      (kind, lengths, noise) => {
        const sender = new SendPart(kind, Number.POSITIVE_INFINITY)
        const receiver = new ReceivePart(kind, 1 << 20, 1 << 20)
        const messages = lengths.map((length, i) => new Uint8Array(length).fill(i + 1))
        for (const message of messages) sender.writeMessage(message)
        sender.finish()
        const chunk: Chunk = { offset: 0, length: 0, fin: false, message: false, fresh: false }
        const dice = (i: number) => noise[i % Math.max(1, noise.length)] ?? 7
        const held: (() => void)[] = []
        for (let i = 0; sender.hasWork(1e9) || held.length > 0; i++) {
          if (!sender.next(chunk, 1 + (dice(i) % 150), 1e9)) {
            held.shift()?.()
            continue
          }
          const { offset, length, fin, message } = chunk
          const data = new Uint8Array(length)
          sender.copy(chunk, data, 0)
          sender.onSent(chunk)
          const flags = (fin ? StreamFlag.fin : 0) | (message ? StreamFlag.message : 0)
          const deliver = () => {
            receiver.onData(offset, data, flags)
            sender.onAcked(offset, length, fin)
          }
          if (dice(i) % 4 === 0 && i < 500) sender.onLost(offset, length, fin)
          if (dice(i) % 3 === 0) held.push(deliver)
          else deliver()
        }
        const got: Uint8Array[] = []
        for (let next = receiver.readMessage(); next; next = receiver.readMessage()) got.push(next)
        const inOrder = (list: readonly Uint8Array[]) =>
          list.map((bytes) => Buffer.from(bytes).toString('hex'))
        if (kind === StreamKind.messages) expect(inOrder(got)).toEqual(inOrder(messages))
        else expect(inOrder(got).sort()).toEqual(inOrder(messages).sort())
        expect(receiver.finished).toBe(true)
        expect(sender.finished).toBe(true)
      },
    ),
    { seed: 9, numRuns: 400 },
  )
})
