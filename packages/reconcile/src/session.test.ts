import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import invalid from '../../../contracts/vectors/reconcile/invalid-messages.json' with { type: 'json' }
import valid from '../../../contracts/vectors/reconcile/valid-sessions.json' with { type: 'json' }
import { ReconcileError } from './errors.ts'
import { Initiator, Responder } from './session.ts'
import type { ReconcileStorage } from './storage.ts'
import { RescanSide } from './testing/rescan.ts'
import { converse, hex, itemsOf, storageOf } from './testing/sets.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof ReconcileError) return error.code
    throw error
  }
  return 'accepted'
}
const idsOf = (storage: ReconcileStorage) =>
  Array.from({ length: storage.size }, (_, at) => hex(storage.idAt(at)))
const within = (ranges: readonly (readonly number[])[], index: number) =>
  ranges.some(([from = 0, to = 0]) => index >= from && index < to)

describe('vectors', () => {
  it.each(valid.cases)(
    '$name',
    ({ items, absentFromInitiator, absentFromResponder, frameLimit, ...expected }) => {
      const all = itemsOf(0, items.count, items.perTimestamp, items.firstTimestamp)
      const here = storageOf(all.filter((_, index) => !within(absentFromInitiator, index)))
      const there = storageOf(all.filter((_, index) => !within(absentFromResponder, index)))
      const outcome = converse(new Initiator(here, { frameLimit }), new Responder(there, { frameLimit }))
      expect(outcome.messages.map(hex)).toEqual(expected.messages)
      expect(outcome.have.sort()).toEqual(expected.have)
      expect(outcome.need.sort()).toEqual(expected.need)
    },
  )

  it.each(invalid.cases)('WIRE-1, WIRE-2, WIRE-3, WIRE-5, WIRE-6: refuses $name', ({ message, code }) => {
    const storage = storageOf(itemsOf(0, 100, 1))
    expect(codeOf(() => new Responder(storage).respond(bytes(message)))).toBe(code)
    expect(codeOf(() => new Initiator(storage).reconcile(bytes(message)))).toBe(code)
  })
})

const scenario = fc.record({
  count: fc.integer({ min: 0, max: 900 }),
  perTimestamp: fc.constantFrom(1, 3, 1000),
  here: fc.array(fc.nat(899), { maxLength: 60 }),
  there: fc.array(fc.nat(899), { maxLength: 200 }),
  limits: fc.tuple(fc.constantFrom(0, 4096, 9000), fc.constantFrom(0, 4096, 9000)),
})

it('EXCH-1, EXCH-2, EXCH-3, EXCH-4, FRAME-1, FRAME-2: gives the messages of the plain algorithm, byte for byte, and the true difference once', () => {
  fc.assert(
    fc.property(scenario, ({ count, perTimestamp, here, there, limits: [up, down] }) => {
      const all = itemsOf(0, count, perTimestamp)
      const ours = all.filter((_, index) => !here.includes(index))
      const theirs = all.filter((_, index) => !there.includes(index))
      const outcome = converse(
        new Initiator(storageOf(ours), { frameLimit: up }),
        new Responder(storageOf(theirs), { frameLimit: down }),
      )
      const asking = new RescanSide(ours, up, true)
      const answering = new RescanSide(theirs, down, false)
      const messages: Uint8Array[] = []
      for (let message: Uint8Array | undefined = asking.initiate(); message; ) {
        const answer: Uint8Array = answering.answer(message).message!
        messages.push(message, answer)
        message = asking.answer(answer).message
      }
      expect(outcome.messages.map(hex)).toEqual(messages.map(hex))
      const [a, b] = [new Set(ours.map(({ id }) => hex(id))), new Set(theirs.map(({ id }) => hex(id)))]
      expect(outcome.have.sort()).toEqual([...a].filter((id) => !b.has(id)).sort())
      expect(outcome.need.sort()).toEqual([...b].filter((id) => !a.has(id)).sort())
    }),
    { seed: 20261122, numRuns: 60 },
  )
})

it('HOLE-1: holes and ids together are the difference, each told once; holes hold nothing of ours', () => {
  fc.assert(
    fc.property(scenario, ({ count, perTimestamp, here, there, limits: [up, down] }) => {
      const all = itemsOf(0, count, perTimestamp)
      const ours = storageOf(
        all.filter((_, index) => !here.includes(index) && index < count - here.length * 9),
      )
      const theirs = storageOf(all.filter((_, index) => !there.includes(index)))
      const initiator = new Initiator(ours, { frameLimit: up }, { holes: true })
      const outcome = converse(initiator, new Responder(theirs, { frameLimit: down }))
      const runs = outcome.holes.map(({ from, to }) => [theirs.lowerBound(from, 0), theirs.lowerBound(to, 0)])
      const inHoles = runs.flatMap(([from = 0, to = 0]) => idsOf(theirs).slice(from, to))
      expect(
        outcome.holes.filter(({ from, to }) => ours.lowerBound(from, 0) !== ours.lowerBound(to, 0)),
      ).toEqual([])
      const [a, b] = [new Set(idsOf(ours)), new Set(idsOf(theirs))]
      expect([...outcome.need, ...inHoles].sort()).toEqual([...b].filter((id) => !a.has(id)).sort())
      expect(outcome.have.sort()).toEqual([...a].filter((id) => !b.has(id)).sort())
    }),
    { seed: 20261125, numRuns: 60 },
  )
})

it('HOLE-1: who was away asks for everything since with a few bytes', () => {
  const away = new Initiator(storageOf(itemsOf(0, 2000, 1)), {}, { holes: true })
  const outcome = converse(away, new Responder(storageOf(itemsOf(0, 30_000, 1))))
  expect(outcome.messages.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(8000)
  expect(outcome.holes.length).toBeLessThanOrEqual(3)
  expect(outcome.need.length).toBeLessThan(2000)
})

it('FRAME-1, FRAME-2: keeps every frame within its limit', () => {
  const outcome = converse(
    new Initiator(storageOf(itemsOf(0, 3000, 1)), { frameLimit: 4096 }),
    new Responder(storageOf(itemsOf(2000, 6000, 1)), { frameLimit: 5000 }),
  )
  expect(Math.max(...outcome.messages.map(({ length }) => length))).toBeLessThanOrEqual(5000)
  expect(outcome.have.length).toBe(2000)
  expect(outcome.need.length).toBe(3000)
})

it('WIRE-1: answers another version with its own, and stops when answered so', () => {
  const storage = storageOf(itemsOf(0, 3, 1))
  expect(hex(new Responder(storage).respond(bytes('62ffff')))).toBe('61')
  expect(codeOf(() => new Initiator(storage).reconcile(bytes('62')))).toBe('reconcile.unsupported_version')
})

describe('limits', () => {
  const storage = storageOf(itemsOf(0, 500, 1))

  it('LIMIT-1: ends early, incomplete, when a peer lists more ids than a session may tell', () => {
    const peer = storageOf(itemsOf(1000, 3000, 1))
    const first = converse(new Initiator(storage, { maxIds: 100 }), new Responder(peer))
    expect(first.complete).toBe(false)
    expect(first.have.length + first.need.length).toBe(100)
  })

  it('LIMIT-1: refuses what is too long, too many ranges, too many rounds', () => {
    const message = new Initiator(storage).initiate()
    const limited = (limits: object) => codeOf(() => new Responder(storage, limits).respond(message))
    expect(limited({ maxMessageBytes: message.length - 1 })).toBe('reconcile.limit_exceeded')
    expect(limited({ maxRanges: 15 })).toBe('reconcile.limit_exceeded')
    expect(limited({ maxRounds: 0 })).toBe('reconcile.limit_exceeded')
    expect(limited({ maxRanges: 16 })).toBe('accepted')
  })

  it('LIMIT-3: refuses who lists many more ids than are here, over all messages of a session', () => {
    const listing = (count: number) => Uint8Array.of(0x61, 0, 0, 2, count, ...new Uint8Array(32 * count))
    const limits = { maxListed: 100 }
    const tally = { rounds: 0, listed: 0 }
    for (let n = 0; n < 6; n++) new Responder(storage, limits, tally).respond(listing(100))
    expect(tally).toEqual({ rounds: 6, listed: 600 })
    expect(codeOf(() => new Responder(storage, limits, tally).respond(listing(1)))).toBe(
      'reconcile.limit_exceeded',
    )
    expect(codeOf(() => new Responder(storage, limits).respond(listing(100)))).toBe('accepted')
  })

  it('refuses options that cannot work', () => {
    expect(codeOf(() => new Responder(storage, { frameLimit: 4095 }))).toBe('reconcile.invalid_option')
    expect(codeOf(() => new Responder(storage, { maxIds: -1 }))).toBe('reconcile.invalid_option')
  })
})

it('survives any bytes: answers within the frame, or an error with a code', () => {
  const storage = storageOf(itemsOf(0, 700, 3))
  const message = new Initiator(storageOf(itemsOf(0, 650, 3))).initiate()
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((tail) => Uint8Array.of(0x61, ...tail)),
    fc
      .array(fc.tuple(fc.nat(message.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => changes.reduce((bytes, [at, value]) => bytes.with(at, value), message)),
    fc.nat(message.length).map((length) => message.subarray(0, length)),
  )
  fc.assert(
    fc.property(hostile, (bytes) => {
      for (const take of [
        () => new Responder(storage, { frameLimit: 8192 }).respond(bytes),
        () => new Initiator(storage, { frameLimit: 8192 }).reconcile(bytes).message,
      ]) {
        try {
          expect(take()?.length ?? 0).toBeLessThanOrEqual(8192)
        } catch (error) {
          if (!(error instanceof ReconcileError)) throw error
        }
      }
    }),
    { seed: 20261122, numRuns: 2000 },
  )
})

it('LIMIT-2: a peer that lists ids in its own order or twice is understood, and each is told once', () => {
  const items = itemsOf(0, 20, 1)
  const listed = [...items.slice(5, 15).toReversed(), items[7]!, ...itemsOf(90, 92, 1)]
  const message = Uint8Array.from([0x61, 0, 0, 2, listed.length, ...listed.flatMap(({ id }) => [...id])])
  const initiator = new Initiator(storageOf(items))
  const { have, need } = initiator.reconcile(message)
  expect(have.map(hex).sort()).toEqual(
    [...items.slice(0, 5), ...items.slice(15)].map(({ id }) => hex(id)).sort(),
  )
  expect(need.map(hex)).toEqual(itemsOf(90, 92, 1).map(({ id }) => hex(id)))
  expect(initiator.reconcile(message)).toMatchObject({ have: [], need: [] })
})
