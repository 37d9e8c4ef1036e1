import { expect, it } from 'vitest'
import { BLOCK_CAPACITY } from './block.ts'
import { ReconcileError } from './errors.ts'
import { type BlockChanges, type BlockStore, StorageKeeper } from './persistence.ts'
import { hex, itemsOf } from './testing/sets.ts'

/** A block store in memory that can fail, and tells what was written. */
class MemoryBlocks implements BlockStore {
  head: Uint8Array | undefined
  readonly blocks = new Map<number, Uint8Array>()
  fails = false

  async read() {
    const blocks = [...this.blocks].map(([key, bytes]) => ({ key, bytes }))
    return this.head && { head: this.head, blocks }
  }

  async write({ head, put, remove }: BlockChanges) {
    if (this.fails) throw new Error('disk full')
    for (const key of remove) this.blocks.delete(key)
    for (const { key, bytes } of put) this.blocks.set(key, bytes)
    this.head = head
  }
}

const whole = ({ storage }: StorageKeeper) => hex(storage.fingerprint(0, storage.size))

async function filled(count: number) {
  const store = new MemoryBlocks()
  const keeper = await StorageKeeper.open(store)
  for (const { timestamp, id } of itemsOf(0, count, 3)) keeper.storage.insert(timestamp, id)
  await keeper.save('row 1')
  return { store, keeper }
}

it('STORE-1: is there again after a restart, with its mark', async () => {
  const { store, keeper } = await filled(5000)
  const again = await StorageKeeper.open(store)
  expect(again.storage.size).toBe(5000)
  expect(whole(again)).toBe(whole(keeper))
  expect(again.mark).toBe('row 1')
  expect((await StorageKeeper.open(new MemoryBlocks())).mark).toBeUndefined()
})

it('STORE-1: writes what changed only, and drops blocks that are gone', async () => {
  const { store, keeper } = await filled(5000)
  expect(await keeper.save('row 2')).toEqual({ written: 0, removed: 0 })
  const [item] = itemsOf(2500, 2501, 3)
  keeper.storage.delete(item!.timestamp, item!.id)
  expect(await keeper.save('row 3')).toEqual({ written: 1, removed: 0 })
  for (const { timestamp, id } of itemsOf(0, 4000, 3)) keeper.storage.delete(timestamp, id)
  const { removed } = await keeper.save('row 4')
  expect(removed).toBeGreaterThan(4000 / BLOCK_CAPACITY - 1)
  const again = await StorageKeeper.open(store)
  expect(whole(again)).toBe(whole(keeper))
  expect(again.storage.size).toBe(1000)
  for (const { timestamp, id } of itemsOf(0, 3000, 3)) again.storage.insert(timestamp, id)
  await again.save('row 5')
  expect(whole(await StorageKeeper.open(store))).toBe(whole(again))
})

it('a write that fails is made up for by the next one', async () => {
  const { store, keeper } = await filled(600)
  for (const { timestamp, id } of itemsOf(600, 1200, 3)) keeper.storage.insert(timestamp, id)
  store.fails = true
  await expect(keeper.save('row 2')).rejects.toThrow('disk full')
  expect(keeper.mark).toBe('row 1')
  store.fails = false
  await keeper.save('row 2')
  expect(whole(await StorageKeeper.open(store))).toBe(whole(keeper))
})

it('STORE-2: refuses damage of any kind, and can then be built anew', async () => {
  const { store } = await filled(1500)
  const damage = async (act: (store: MemoryBlocks, keys: number[]) => void) => {
    const copy = new MemoryBlocks()
    copy.head = store.head!.slice()
    for (const [key, bytes] of store.blocks) copy.blocks.set(key, bytes.slice())
    act(copy, [...copy.blocks.keys()])
    const error = await StorageKeeper.open(copy).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ReconcileError)
    expect((error as ReconcileError).code).toBe('reconcile.corrupt_blocks')
    return copy
  }
  const first = store.blocks.values().next().value!
  for (let at = 0; at < first.length; at += 41)
    await damage(({ blocks }, [key]) => blocks.set(key!, first.with(at, first[at]! ^ 0x11)))
  for (let length = 0; length < first.length; length += 997)
    await damage(({ blocks }, [key]) => blocks.set(key!, first.slice(0, length)))
  await damage(({ blocks }, [key]) => blocks.set(key!, Uint8Array.of(...first, 0)))
  await damage(({ blocks }, [key]) => blocks.delete(key!))
  await damage(({ blocks }) => blocks.set(77, first))
  await damage(({ blocks }, [key]) => blocks.delete(key!) && blocks.set(77, first))
  await damage(({ blocks }, [one, two]) => {
    const kept = blocks.get(one!)!
    blocks.set(one!, blocks.get(two!)!)
    blocks.set(two!, kept)
  })
  for (let at = 0; at < store.head!.length; at++)
    await damage((copy) => {
      copy.head = copy.head!.slice(0, at)
    })
  const broken = await damage(({ blocks }, [key]) => blocks.set(key!, Uint8Array.of(9)))
  const anew = await StorageKeeper.anew(broken)
  for (const { timestamp, id } of itemsOf(0, 700, 3)) anew.storage.insert(timestamp, id)
  await anew.save('row 9')
  expect(whole(await StorageKeeper.open(broken))).toBe(whole(anew))
})
