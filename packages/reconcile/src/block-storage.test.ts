import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_CAPACITY } from './block.ts'
import { BlockStorage } from './block-storage.ts'
import { ReconcileError } from './errors.ts'
import { fingerprintOf } from './fingerprint.ts'
import { INFINITE, MAX_TIMESTAMP } from './item.ts'
import { addIds } from './sum.ts'
import { RescanSide } from './testing/rescan.ts'
import { hex, idOf, itemsOf, storageOf } from './testing/sets.ts'

const sorted = (items: readonly { timestamp: number; id: Uint8Array }[]) =>
  items.toSorted((a, b) => a.timestamp - b.timestamp || Buffer.compare(a.id, b.id))

/** Compares everything a storage answers with a sorted array. */
function expectSame(storage: BlockStorage, items: readonly { timestamp: number; id: Uint8Array }[]): void {
  const order = sorted(items)
  expect(storage.size).toBe(order.length)
  const ids = new Uint8Array(order.length * 32)
  storage.copyIds(0, order.length, ids, 0)
  expect(hex(ids)).toBe(order.map(({ id }) => hex(id)).join(''))
  for (const [from, to] of [
    [0, order.length],
    [Math.floor(order.length / 3), Math.floor(order.length / 2)],
    [Math.floor(order.length / 7), order.length],
  ] as const) {
    const sum = new Uint32Array(8)
    addIds(sum, new Uint32Array(ids.slice(from * 32, to * 32).buffer), 0, to - from)
    expect(hex(storage.fingerprint(from, to))).toBe(hex(fingerprintOf(sum, to - from)))
  }
  for (const block of storage.blocks) expect(block.count).toBeGreaterThan(0)
}

const change = fc.record({
  remove: fc.boolean(),
  index: fc.nat(400),
  perTimestamp: fc.constantFrom(1, 7, 500),
})

describe('a live set', () => {
  it('answers like a sorted array after any inserts and deletes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        const storage = new BlockStorage()
        const model = new Map<string, { timestamp: number; id: Uint8Array }>()
        for (const { remove, index, perTimestamp } of changes) {
          const item = { timestamp: Math.floor(index / perTimestamp), id: idOf(index) }
          const key = `${item.timestamp} ${index}`
          const had = model.has(key)
          expect(storage.has(item.timestamp, item.id)).toBe(had)
          if (remove) expect(storage.delete(item.timestamp, item.id)).toBe(model.delete(key))
          else expect(storage.insert(item.timestamp, item.id)).toBe(!had)
          if (!remove) model.set(key, item)
        }
        expectSame(storage, [...model.values()])
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })

  it('over many blocks: splits, merges, empties and fills again', () => {
    const items = itemsOf(0, 4 * BLOCK_CAPACITY, 3)
    const storage = storageOf(items)
    const mixed = items
      .map((item, at) => ({ item, at: (at * 7919) % items.length }))
      .sort((a, b) => a.at - b.at)
    expectSame(storage, items)
    const left = new Set(items)
    for (const [done, { item }] of mixed.entries()) {
      storage.delete(item.timestamp, item.id)
      left.delete(item)
      if (done % 500 === 499) expectSame(storage, [...left])
    }
    expect(storage.size).toBe(0)
    for (const { item } of mixed) storage.insert(item.timestamp, item.id)
    expectSame(storage, items)
  })

  it('fills blocks when records come in order of time', () => {
    const storage = storageOf(sorted(itemsOf(0, 20_000, 3)))
    expect(storage.blocks.length).toBeLessThan((20_000 / BLOCK_CAPACITY) * 1.1)
    expect(storage.memory / storage.size).toBeLessThan(45)
    const unsorted = storageOf(itemsOf(0, 20_000, 3))
    expect(unsorted.memory / unsorted.size).toBeLessThan(60)
  })

  it('finds bounds as the plain algorithm does, prefixes included', () => {
    const storage = storageOf(itemsOf(0, 3000, 3000))
    const order = sorted(itemsOf(0, 3000, 3000))
    for (const length of [0, 1, 2, 32])
      for (let index = 0; index < 3000; index += 97) {
        const bound = { timestamp: order[index]!.timestamp, prefix: order[index]!.id.subarray(0, length) }
        const padded = Buffer.concat([bound.prefix, Buffer.alloc(32 - length)])
        const expected = order.findIndex(({ id }) => Buffer.compare(id, padded) >= 0)
        expect(storage.lowerBound(bound, 0)).toBe(expected)
      }
    expect(storage.lowerBound({ timestamp: INFINITE, prefix: new Uint8Array(0) }, 0)).toBe(3000)
    expect(storage.timestampAt(2999)).toBe(1_700_000_000)
    expect(new BlockStorage().lowerBound({ timestamp: 5, prefix: new Uint8Array(0) }, 0)).toBe(0)
  })
})

it('ITEM-1: refuses what is no item', () => {
  const storage = new BlockStorage()
  for (const timestamp of [-1, 0.5, Number.NaN, MAX_TIMESTAMP + 1, INFINITE])
    expect(() => storage.insert(timestamp, idOf(1))).toThrow(ReconcileError)
  expect(() => storage.insert(1, new Uint8Array(31))).toThrow(ReconcileError)
  expect(storage.insert(MAX_TIMESTAMP, idOf(1))).toBe(true)
  expect(storage.delete(7, idOf(1))).toBe(false)
  expect(storage.has(MAX_TIMESTAMP, idOf(1))).toBe(true)
})

it('FP-1: the fingerprints are those that the plain algorithm sends', () => {
  const items = itemsOf(0, 3200, 3)
  const message = hex(new RescanSide(items, 0, true).initiate())
  const storage = storageOf(items)
  for (let bucket = 0; bucket < 16; bucket++)
    expect(message).toContain(`01${hex(storage.fingerprint(bucket * 200, (bucket + 1) * 200))}`)
})
