import { expect, test } from 'vitest'
import { namesOf, OpenPair } from '../testing/open-pair.ts'
import { createFecDecoder } from './decoder.ts'
import { createFecEncoder } from './encoder.ts'
import { CodePolicy } from './policy.ts'
import { encodeRepair } from './reed-solomon.ts'
import { createThinFlowPolicy } from './thin-flow.ts'
import { REED_SOLOMON_CODE, type RepairSymbol, XOR_CODE } from './types.ts'

const planAt = (rate: number, burst: number, samples: number) => {
  const policy = createThinFlowPolicy()
  policy.onLossEstimate(0, { rate, burst, samples })
  return policy.onFrame(0, 1, 100)
}

test('FEC-1 frames of a thin stream are repeated in later packets of their own, and in the next of the stream', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const stream = client.open({ kind: 'messages' })
  const start = pair.simulation.now
  pair.seen.length = 0
  for (let i = 1; i <= 2; i++) {
    stream.writeMessage(new Uint8Array(20).fill(i))
    pair.run(30)
  }
  const carried = pair
    .of('client')
    .filter((packet) => namesOf(packet).includes('stream'))
    .map(({ at, frames }) => [
      Math.round(at - start - 20),
      frames.flatMap((frame) => (frame.frame === 'stream' ? [Number(frame.offset)] : [])),
    ])
  expect(carried).toEqual([
    [0, [0]],
    [4, [0]],
    [8, [0]],
    [30, [21, 0]],
    [34, [21]],
    [38, [21]],
  ])
})

test('FEC-1 what is acknowledged rides along no more; bytes that may wait are not repeated', () => {
  const pair = new OpenPair()
  const client = pair.connect()
  pair.run(300)
  const thin = client.open({ kind: 'messages' })
  const bulk = client.open()
  thin.writeMessage(new Uint8Array(20))
  pair.run(100)
  pair.seen.length = 0
  thin.writeMessage(new Uint8Array(20))
  bulk.write(new Uint8Array(20))
  pair.run(100)
  const sent = (id: number) =>
    pair
      .of('client')
      .flatMap(({ frames }) => frames.filter((f) => f.frame === 'stream' && f.stream === String(id)))
  expect(new Set(sent(thin.id).map(({ offset }) => offset))).toEqual(new Set(['21']))
  expect(sent(thin.id)).toHaveLength(3)
  expect(sent(bulk.id)).toHaveLength(1)
})

test.each([
  ['unproved path', 0, 1, 399, { repeatInNext: 2, copiesAfterMs: [4, 8] }],
  ['clean path', 0.0009, 1, 2000, { repeatInNext: 0, copiesAfterMs: [] }],
  ['1.9 %', 0.019, 1, 2000, { repeatInNext: 1, copiesAfterMs: [4] }],
  ['11 %', 0.11, 1, 2000, { repeatInNext: 2, copiesAfterMs: [4, 8] }],
  ['12 %', 0.12, 1, 2000, { repeatInNext: 2, copiesAfterMs: [3, 6, 9] }],
  ['1 % in runs', 0.01, 1.7, 2000, { repeatInNext: 4, copiesAfterMs: [3, 6] }],
])('FEC-2 repetition follows the loss: %s', (_, rate, burst, samples, plan) => {
  expect(planAt(rate, burst, samples)).toEqual(plan)
})

test('FEC-3 copies are kept before earlier frames when the budget does not suffice for both', () => {
  const policy = createThinFlowPolicy({ budget: 4 * 1400 })
  policy.onLossEstimate(0, { rate: 0.05, burst: 1, samples: 2000 })
  // A quarter of a second of the budget: 1400 bytes, of which two copies and their headers take 1328.
  expect(policy.onFrame(0, 1, 600)).toEqual({ repeatInNext: 0, copiesAfterMs: [4, 8] })
  policy.onRepeated(0, 1, 700)
  expect(policy.onFrame(0, 1, 600)).toEqual({ repeatInNext: 0, copiesAfterMs: [4] })
})

/** Multiplication in GF(2^8) modulo 0x11d, bit by bit. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product <<= 1
    if (product & 0x100) product ^= 0x11d
    if (b & (1 << bit)) product ^= a
  }
  return product
}
const inverseOf = (a: number) => Array.from({ length: 256 }, (_, b) => b).find((b) => times(a, b) === 1)!

test('FEC-5 repair symbol r is the sum over sources s of inverse((128 + r) XOR s) times the symbol', () => {
  const sources = [Uint8Array.of(1, 200, 7), Uint8Array.of(90, 0, 255), Uint8Array.of(3, 4)]
  for (const r of [0, 1, 63]) {
    const expected = [0, 1, 2].map((at) =>
      sources.reduce((sum, source, s) => sum ^ times(inverseOf((128 + r) ^ s), source[at] ?? 0), 0),
    )
    expect([...encodeRepair(sources, r, 3)]).toEqual(expected)
  }
})

test('FEC-4 a source symbol is length and payload, zero-padded; code 0 is their exclusive or (FEC-5)', () => {
  const encoder = createFecEncoder({ maxOverhead: 0.5 })
  encoder.onLossEstimate(0, { rate: 0.01, burst: 1, samples: 1000 })
  const payloads = [
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(16),
    new Uint8Array(300).fill(9),
    new Uint8Array(300).fill(5),
  ]
  const symbols = payloads.flatMap((payload, i) => encoder.add(i, 10 + i, payload))
  const last = symbols.at(-1)!
  expect(last).toMatchObject({ code: XOR_CODE, sources: [10, 11, 12, 13], repairCount: 1, repairIndex: 0 })
  const expected = new Uint8Array(302)
  for (const payload of payloads) {
    expected[0]! ^= payload.length >> 8
    expected[1]! ^= payload.length & 0xff
    payload.forEach((byte, i) => {
      expected[2 + i]! ^= byte
    })
  }
  expect(last.data).toEqual(expected)
})

test('FEC-4 packets of latency-sensitive streams are protected, others are not', () => {
  const pair = new OpenPair({ link: { loss: 0.05 } })
  const client = pair.connect()
  pair.run(1000, () => client.confirmedAt !== undefined)
  const stream = client.open({ latencySensitive: false })
  stream.write(new Uint8Array(1_000_000))
  pair.run(4000)
  expect(client.connection.statistics().repairSymbolsSent).toBe(0)
  const thin = client.open({ kind: 'messages' })
  pair.seen.length = 0
  for (let i = 0; i < 100; i++) {
    thin.writeMessage(new Uint8Array(900))
    pair.run(10)
  }
  const packets = pair.of('client')
  const repairs = packets.flatMap(({ frames }) => frames.filter(({ frame }) => frame === 'fecRepair'))
  expect(repairs.length).toBeGreaterThan(5)
})

test('FEC-6 the code follows loss and bursts; k sources have ceil(k(p + 2 √(p(1 − p)/k))) repair symbols', () => {
  const policy = new CodePolicy({ maxOverhead: 1 })
  const plan = (rate: number, burst: number, samples = 1000) => {
    policy.onLossEstimate(0, { rate, burst, samples })
    return policy.plan
  }
  expect([plan(0.0049, 1), plan(0.05, 1, 199)]).toEqual([undefined, undefined])
  expect(plan(0.029, 1)).toMatchObject({ code: XOR_CODE, repairs: 1, lanes: 1 })
  for (const rate of [0.03, 0.08, 0.2]) {
    const { code, sources: k, repairs } = plan(rate, 1)!
    expect(code).toBe(REED_SOLOMON_CODE)
    expect(repairs).toBe(Math.ceil(k * (rate + 2 * Math.sqrt((rate * (1 - rate)) / k))))
  }
  expect([plan(0.05, 3.2)?.lanes, plan(0.05, 40)?.lanes]).toEqual([3, 8])
})

test('FEC-10 a receiver keeps 512 payloads and 64 unfinished blocks', () => {
  const decoder = createFecDecoder()
  const payload = new Uint8Array([1, 2])
  for (let number = 0; number < 600; number++) decoder.add(number, payload)
  const kept = Array.from({ length: 600 }, (_, number) => decoder.has(number)).filter(Boolean)
  expect(kept).toHaveLength(512)
  expect([decoder.has(87), decoder.has(88)]).toEqual([false, true])
  const blocks = createFecDecoder()
  const data = new Uint8Array([0, 2 ^ 2, 1 ^ 1, 2 ^ 2])
  const block = (first: number): RepairSymbol => ({
    code: XOR_CODE,
    sources: [first, first + 1],
    repairCount: 1,
    repairIndex: 0,
    data,
  })
  for (let i = 0; i < 65; i++) blocks.repair(block(1000 + 2 * i))
  expect(blocks.add(1000, payload)).toEqual([])
  expect(blocks.add(1002, payload)).toEqual([{ number: 1003, payload }])
})
