import { ReconcileError } from './errors.ts'
import { type Bound, compareToPrefix, ID_BYTES } from './item.ts'
import { addIds, addSum, SUM_WORDS, subtractSum } from './sum.ts'

/** Most items a block holds. Larger blocks cost more for an insert, smaller ones more for the index over them. */
export const BLOCK_CAPACITY = 512
const SMALLEST = 32
/** Items between two partial sums inside a block. */
const STRIDE = 16

if (new Uint8Array(new Uint32Array([1]).buffer)[0] !== 1)
  throw new ReconcileError(
    'reconcile.invalid_option',
    'Machines that store the high byte first are not supported.',
  )

/** Up to 512 items next to each other in order, with the sum of their ids. */
export class Block {
  /** Names the block in the store that it is kept in; never reused. */
  readonly key: number
  /** Changes of the items so far, and how many of them are in the store. */
  revision = 1
  savedRevision = 0
  readonly sum = new Uint32Array(SUM_WORDS)
  count = 0
  timestamps = new Float64Array(SMALLEST)
  ids = new Uint8Array(SMALLEST * ID_BYTES)
  #words = new Uint32Array(this.ids.buffer)
  /** Sums before every 16th item; made when first asked for after a change. */
  #partial: Uint32Array | undefined

  constructor(key: number) {
    this.key = key
  }

  id(at: number): Uint8Array {
    return this.ids.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)
  }

  /** The ids as 32-bit words, as sums take them. */
  get words(): Uint32Array {
    return this.#words
  }

  /** The first place whose item is at or after `bound`; `count` when there is none. */
  lowerBound({ timestamp, prefix }: Bound): number {
    let [low, high] = [0, this.count]
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = this.timestamps[middle]!
      const below =
        at < timestamp || (at === timestamp && compareToPrefix(this.ids, middle * ID_BYTES, prefix) < 0)
      if (below) low = middle + 1
      else high = middle
    }
    return low
  }

  holds(at: number, timestamp: number, id: Uint8Array): boolean {
    return (
      at < this.count &&
      this.timestamps[at] === timestamp &&
      compareToPrefix(this.ids, at * ID_BYTES, id) === 0
    )
  }

  insert(at: number, timestamp: number, id: Uint8Array): void {
    this.#reserve(this.count + 1)
    this.timestamps.copyWithin(at + 1, at, this.count)
    this.ids.copyWithin((at + 1) * ID_BYTES, at * ID_BYTES, this.count * ID_BYTES)
    this.timestamps[at] = timestamp
    this.ids.set(id, at * ID_BYTES)
    this.count++
    addSum(this.sum, 0, this.#words, at * SUM_WORDS)
    this.#changed()
  }

  remove(at: number): void {
    subtractSum(this.sum, 0, this.#words, at * SUM_WORDS)
    this.timestamps.copyWithin(at, at + 1, this.count)
    this.ids.copyWithin(at * ID_BYTES, (at + 1) * ID_BYTES, this.count * ID_BYTES)
    this.count--
    this.#changed()
  }

  /** Puts the items `from` to the end of `other` behind its own. */
  take(other: Block, from: number): void {
    const moved = other.count - from
    this.#reserve(this.count + moved)
    this.timestamps.set(other.timestamps.subarray(from, other.count), this.count)
    this.ids.set(other.ids.subarray(from * ID_BYTES, other.count * ID_BYTES), this.count * ID_BYTES)
    addIds(this.sum, this.#words, this.count, this.count + moved)
    this.count += moved
    this.#changed()
  }

  /** Leaves the first `count` items. */
  truncate(count: number): void {
    this.count = count
    this.sum.fill(0)
    addIds(this.sum, this.#words, 0, count)
    this.#changed()
  }

  /** Adds the ids of the first `end` items to `target`. */
  addBefore(end: number, target: Uint32Array): void {
    if (end === this.count) {
      addSum(target, 0, this.sum, 0)
      return
    }
    const whole = Math.floor(end / STRIDE)
    if (whole > 0) addSum(target, 0, this.#partialSums(), whole * SUM_WORDS)
    addIds(target, this.#words, whole * STRIDE, end)
  }

  #partialSums(): Uint32Array {
    if (this.#partial) return this.#partial
    const sums = new Uint32Array((Math.floor(this.count / STRIDE) + 1) * SUM_WORDS)
    const running = new Uint32Array(SUM_WORDS)
    for (let at = STRIDE; at <= this.count; at += STRIDE) {
      addIds(running, this.#words, at - STRIDE, at)
      sums.set(running, (at / STRIDE) * SUM_WORDS)
    }
    this.#partial = sums
    return sums
  }

  #reserve(count: number): void {
    if (count <= this.timestamps.length) return
    const capacity = Math.min(BLOCK_CAPACITY, Math.max(count, this.timestamps.length * 2))
    const timestamps = new Float64Array(capacity)
    timestamps.set(this.timestamps.subarray(0, this.count))
    const ids = new Uint8Array(capacity * ID_BYTES)
    ids.set(this.ids.subarray(0, this.count * ID_BYTES))
    this.timestamps = timestamps
    this.ids = ids
    this.#words = new Uint32Array(ids.buffer)
  }

  #changed(): void {
    this.revision++
    this.#partial = undefined
  }
}
