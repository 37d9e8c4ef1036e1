import { seededFloats } from '@stoa/testkit/netlab/random'
import { expect, test } from 'vitest'
import { createFecDecoder } from './decoder.ts'
import { createFecEncoder } from './encoder.ts'
import { type FecEncoder, REED_SOLOMON_CODE, type RepairSymbol, XOR_CODE } from './types.ts'

function payloadOf(number: number, random: () => number): Uint8Array {
  const payload = new Uint8Array(1000 + Math.floor(random() * 200))
  for (let index = 0; index < payload.length; index++) payload[index] = (number * 31 + index * 7) & 0xff
  return payload
}

interface Outcome {
  lost: number
  recovered: number
  overhead: number
  codes: Set<number>
}

/** Sends packets and repair symbols through independent or bursty loss; every rebuilt payload must be the original. */
function transfer(encoder: FecEncoder, loss: number, burst: number, packets = 6000): Outcome {
  const random = seededFloats(11)
  const decoder = createFecDecoder()
  const originals = new Map<number, Uint8Array>()
  const outcome: Outcome = { lost: 0, recovered: 0, overhead: 0, codes: new Set() }
  let sourceBytes = 0
  let bad = false
  const loses = () => {
    if (burst <= 1) return random() < loss
    if (random() < (bad ? 1 / burst : loss / (burst * (1 - loss)))) bad = !bad
    return bad
  }
  encoder.onLossEstimate(0, { rate: loss, burst, samples: 1000 })
  for (let number = 0; number < packets; number++) {
    const payload = payloadOf(number, random)
    originals.set(number, payload)
    sourceBytes += payload.length
    const symbols = encoder.add(number, number, payload)
    const arrived = loses() ? [] : decoder.add(number, payload)
    if (!decoder.has(number)) outcome.lost++
    const rebuilt = [...arrived, ...symbols.flatMap((symbol) => deliver(symbol))]
    for (const { number: which, payload: bytes } of rebuilt) expect(bytes).toEqual(originals.get(which))
    outcome.recovered += rebuilt.length
    encoder.onRecovered(rebuilt.length)
  }
  outcome.overhead /= sourceBytes
  return outcome

  function deliver(symbol: RepairSymbol) {
    outcome.overhead += symbol.data.length
    outcome.codes.add(symbol.code)
    return loses() ? [] : decoder.repair(symbol)
  }
}

test('FEC-6 below half a per cent nothing is coded', () => {
  const encoder = createFecEncoder({})
  expect(transfer(encoder, 0.004, 1)).toMatchObject({ overhead: 0, recovered: 0 })
  expect(encoder.active).toBe(false)
})

test.each([
  [0.01, 1, XOR_CODE, 0.85],
  [0.05, 1, REED_SOLOMON_CODE, 0.8],
  [0.1, 1, REED_SOLOMON_CODE, 0.6],
  [0.05, 4, REED_SOLOMON_CODE, 0.55],
])(
  'at loss %f in runs of %f most losses are rebuilt within the overhead (FEC-6, FEC-7)',
  (loss, burst, code, least) => {
    const outcome = transfer(createFecEncoder({}), loss, burst)
    expect(outcome.codes).toEqual(new Set([code]))
    expect(outcome.recovered / outcome.lost).toBeGreaterThan(least)
    expect(outcome.overhead).toBeLessThanOrEqual(0.2)
  },
)

test('FEC-7 the overhead is what was configured, whatever the loss', () => {
  expect(transfer(createFecEncoder({ maxOverhead: 0.05 }), 0.1, 1).overhead).toBeLessThanOrEqual(0.05)
  expect(transfer(createFecEncoder({ maxOverhead: 0 }), 0.1, 1).overhead).toBe(0)
})

test('FEC-8 what does not pay is given up', () => {
  const encoder = createFecEncoder({})
  encoder.onLossEstimate(0, { rate: 0.05, burst: 1, samples: 1000 })
  const payload = new Uint8Array(1000)
  for (let number = 0; encoder.active && number < 5000; number++) encoder.add(0, number, payload)
  expect(encoder.active).toBe(false)
  encoder.onLossEstimate(29_000, { rate: 0.05, burst: 1, samples: 1000 })
  expect(encoder.active).toBe(false)
  encoder.onLossEstimate(31_000, { rate: 0.05, burst: 1, samples: 1000 })
  expect(encoder.active).toBe(true)
})

test('FEC-9 a flow that pauses has its tail protected at once', () => {
  const encoder = createFecEncoder()
  encoder.onLossEstimate(0, { rate: 0.01, burst: 1, samples: 1000 })
  const payload = (number: number) => new Uint8Array(300).fill(number)
  for (let number = 0; number < 44; number++) encoder.add(number, number, payload(number))
  expect(encoder.deadline()).toBe(50)
  const [symbol] = encoder.flush(50)
  expect(symbol?.sources).toContain(43)
  expect(encoder.deadline()).toBe(Number.POSITIVE_INFINITY)
  const decoder = createFecDecoder()
  for (const number of symbol!.sources) if (number !== 43) decoder.add(number, payload(number))
  expect(decoder.repair(symbol!)).toEqual([{ number: 43, payload: payload(43) }])
})

test('a symbol’s buffer may be used again while its block is incomplete', () => {
  const decoder = createFecDecoder()
  const data = new Uint8Array([0, 2, 1 ^ 5, 1 ^ 6])
  data[1]! ^= 2
  const sources = [1, 2]
  expect(decoder.repair({ code: XOR_CODE, sources, repairCount: 1, repairIndex: 0, data })).toEqual([])
  data.fill(0xff)
  sources.fill(9)
  expect(decoder.add(1, new Uint8Array([1, 1]))).toEqual([{ number: 2, payload: new Uint8Array([5, 6]) }])
})

test('payloads may lie in one buffer that is used again, of Node’s kind too', () => {
  const encoder = createFecEncoder()
  encoder.onLossEstimate(0, { rate: 0.01, burst: 1, samples: 1000 })
  const buffer = Buffer.alloc(300)
  const symbols = Array.from({ length: 50 }, (_, number) =>
    encoder.add(number, number, buffer.fill(number)),
  ).flat()
  const decoder = createFecDecoder()
  const { sources } = symbols.at(-1)!
  const [missing, ...arrived] = sources
  for (const number of arrived) decoder.add(number, buffer.fill(number))
  expect(decoder.repair(symbols.at(-1)!)).toEqual([
    { number: missing, payload: new Uint8Array(300).fill(missing!) },
  ])
})

test('FEC-10 symbols that cannot be true are dropped', () => {
  const decoder = createFecDecoder()
  decoder.add(1, new Uint8Array(50).fill(9))
  const sound: RepairSymbol = {
    code: XOR_CODE,
    sources: [1, 2],
    repairCount: 1,
    repairIndex: 0,
    data: new Uint8Array(30),
  }
  const many = Array.from({ length: 1000 }, (_, index) => index)
  expect(decoder.repair(sound)).toEqual([])
  expect(decoder.repair({ ...sound, sources: [] })).toEqual([])
  expect(decoder.repair({ ...sound, sources: many })).toEqual([])
  expect(decoder.repair({ ...sound, repairIndex: 1 })).toEqual([])
  expect(decoder.repair({ ...sound, code: REED_SOLOMON_CODE, repairCount: 1 })).toEqual([])
  expect(decoder.repair({ ...sound, sources: [7, 8], data: new Uint8Array(2) })).toEqual([])
})
