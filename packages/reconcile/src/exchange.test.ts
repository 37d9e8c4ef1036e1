import { expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { BoundReader, Mode } from './message.ts'
import { Initiator, Responder } from './session.ts'
import { converse, hex, idOf, itemsOf, storageOf } from './testing/sets.ts'

/** The ranges of a message: mode, timestamp of the upper bound, and what it carries, a line each. */
function rangesOf(message: Uint8Array) {
  const reader = new ByteReader(message)
  const bounds = new BoundReader()
  reader.byte()
  const ranges: { mode: number; to: number; carries: string[] }[] = []
  while (!reader.done) {
    const to = bounds.read(reader).timestamp
    const mode = reader.varint()
    const count = mode === Mode.fingerprint ? 1 : mode === Mode.idList ? reader.varint() : 0
    const size = mode === Mode.fingerprint ? 16 : 32
    ranges.push({ mode, to, carries: Array.from({ length: count }, () => hex(reader.bytes(size))) })
  }
  return ranges
}

const FIRST = 1_700_000_000
const idsOf = (from: number, to: number) => itemsOf(from, to, 1).map(({ id }) => hex(id))

it('EXCH-1: fewer than 32 items are listed, more are cut into 16 runs, the first of which hold one more', () => {
  const few = rangesOf(new Initiator(storageOf(itemsOf(0, 31, 1))).initiate())
  expect(few).toEqual([{ mode: Mode.idList, to: Number.POSITIVE_INFINITY, carries: idsOf(0, 31) }])
  const storage = storageOf(itemsOf(0, 35, 1))
  const many = rangesOf(new Initiator(storage).initiate())
  const ends = [3, 6, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35]
  expect(many).toEqual(
    ends.map((end, run) => ({
      mode: Mode.fingerprint,
      to: run === 15 ? Number.POSITIVE_INFINITY : FIRST + end,
      carries: [hex(storage.fingerprint(ends[run - 1] ?? 0, end))],
    })),
  )
})

it('EXCH-2, WIRE-6: what equals is skipped as one, what differs is split, and nothing is said of the end', () => {
  const first = new Initiator(storageOf(itemsOf(0, 160, 1))).initiate()
  const there = itemsOf(0, 160, 1).filter((_, index) => index !== 75)
  expect(rangesOf(new Responder(storageOf(there)).respond(first))).toEqual([
    { mode: Mode.skip, to: FIRST + 70, carries: [] },
    {
      mode: Mode.idList,
      to: FIRST + 80,
      carries: [...idsOf(70, 75), ...idsOf(76, 80)],
    },
  ])
})

it('EXCH-3, WIRE-5: ids are answered with ids of that range and no other; the initiator takes the difference and skips', () => {
  const asked = Uint8Array.of(0x61, ...[0x86, 0xaa, 0xcf, 0xe2, 0x0b, 0], Mode.idList, 1, ...idOf(3))
  expect(rangesOf(asked)).toEqual([{ mode: Mode.idList, to: FIRST + 10, carries: idsOf(3, 4) }])
  const answer = new Responder(storageOf(itemsOf(0, 500, 1))).respond(asked)
  expect(rangesOf(answer)).toEqual([{ mode: Mode.idList, to: FIRST + 10, carries: idsOf(0, 10) }])
  const { have, need, message } = new Initiator(storageOf(itemsOf(3, 400, 1))).reconcile(answer)
  expect([have.map(hex), need.map(hex).sort()]).toEqual([[], idsOf(0, 3).sort()])
  expect(message, 'EXCH-4: only the version byte would be left').toBeUndefined()
})

it('EXCH-4: equal sets need one message', () => {
  const same = () => storageOf(itemsOf(0, 1000, 3))
  const { messages } = converse(new Initiator(same()), new Responder(same()))
  expect(messages.map(({ length }) => length > 1)).toEqual([true, false])
})

it('EXCH-5: sets may change between messages; what a session misses the next one finds', () => {
  const here = storageOf(itemsOf(0, 600, 1).filter((_, index) => index !== 100))
  const there = storageOf(itemsOf(0, 600, 1).filter((_, index) => index !== 400))
  const initiator = new Initiator(here)
  const tally = { rounds: 0, listed: 0 }
  let changes = 0
  /** Another new item on each side, and one that is no longer here. */
  const change = () => {
    changes++
    here.insert(FIRST + changes, idOf(1000 + changes))
    there.insert(FIRST + changes, idOf(2000 + changes))
    here.delete(FIRST + changes, idOf(changes))
  }
  const found: string[] = []
  for (let message: Uint8Array | undefined = initiator.initiate(); message; ) {
    change()
    const answer = new Responder(there, {}, tally).respond(message)
    change()
    const progress = initiator.reconcile(answer)
    found.push(...progress.have.map(hex), ...progress.need.map(hex))
    message = progress.message
  }
  expect(found).toEqual(expect.arrayContaining([...idsOf(100, 101), ...idsOf(400, 401)]))
  const all = (storage: typeof here) =>
    Array.from({ length: storage.size }, (_, index) => hex(storage.idAt(index)))
  const [ours, theirs] = [new Set(all(here)), new Set(all(there))]
  const next = converse(new Initiator(here), new Responder(there))
  expect(next.have.sort()).toEqual(
    all(here)
      .filter((id) => !theirs.has(id))
      .sort(),
  )
  expect(next.need.sort()).toEqual(
    all(there)
      .filter((id) => !ours.has(id))
      .sort(),
  )
  expect(next.have.length).toBeGreaterThan(1)
})
