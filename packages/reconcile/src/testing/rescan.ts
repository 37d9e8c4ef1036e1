import { createHash } from 'node:crypto'

/**
 * The protocol written a second time, as plainly as its description: sorted arrays, and every fingerprint adds up its whole
 * range again. Tests hold the engine to it byte for byte; benchmarks compare against it.
 */
export interface RescanItem {
  readonly timestamp: number
  readonly id: Uint8Array
}

interface RescanBound {
  readonly timestamp: number
  readonly id: Uint8Array
}

interface RescanReply {
  message: Uint8Array | undefined
  have: Uint8Array[]
  need: Uint8Array[]
}

const EMPTY = new Uint8Array(0)
const END: RescanBound = { timestamp: Infinity, id: EMPTY }

const compareIds = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b)
const compare = (a: RescanBound, b: RescanBound) =>
  a.timestamp === b.timestamp ? compareIds(a.id, b.id) : a.timestamp - b.timestamp

/** A number as WIRE-2 says: base 128, most significant digit first. */
export function rescanVarint(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest % 128) | 128)
  return digits
}

function fingerprint(items: readonly RescanItem[], from: number, to: number): Uint8Array {
  const sum = new DataView(new ArrayBuffer(32))
  for (let index = from; index < to; index++) {
    const { id } = items[index]!
    const view = new DataView(id.buffer, id.byteOffset, 32)
    let carry = 0
    for (let word = 0; word < 32; word += 4) {
      const next = sum.getUint32(word, true) + view.getUint32(word, true) + carry
      sum.setUint32(word, next, true)
      carry = next > 0xffff_ffff ? 1 : 0
    }
  }
  const hash = createHash('sha256').update(new Uint8Array(sum.buffer))
  return hash
    .update(Uint8Array.from(rescanVarint(to - from)))
    .digest()
    .subarray(0, 16)
}

/** One side of a session. */
export class RescanSide {
  readonly #items: readonly RescanItem[]
  readonly #limit: number
  readonly #asks: boolean
  #lastOut = 0

  /** `items` in any order, without duplicates; `limit` 0 for frames of any size. */
  constructor(items: readonly RescanItem[], limit: number, asks: boolean) {
    this.#items = items.toSorted(compare)
    this.#limit = limit
    this.#asks = asks
  }

  initiate(): Uint8Array {
    this.#lastOut = 0
    return Uint8Array.from([0x61, ...this.#split(0, this.#items.length, END)])
  }

  answer(message: Uint8Array): RescanReply {
    const reply: RescanReply = { message: undefined, have: [], need: [] }
    const full = [0x61]
    let at = 1
    const varint = () => {
      let value = 0
      for (;;) {
        const byte = message[at++]!
        value = value * 128 + (byte & 127)
        if (byte < 128) return value
      }
    }
    const take = (count: number) => {
      at += count
      return message.subarray(at - count, at)
    }
    let lastIn = 0
    let previous: RescanBound = { timestamp: 0, id: EMPTY }
    let lower = 0
    let skipped = false
    this.#lastOut = 0
    while (at < message.length) {
      let part: number[] = []
      const catchUp = () => {
        if (skipped) part.push(...this.#bound(previous), 0)
        skipped = false
      }
      const difference = varint()
      lastIn = difference === 0 ? Infinity : lastIn + difference - 1
      const bound = { timestamp: lastIn, id: take(varint()) }
      const mode = varint()
      let upper = lower
      while (upper < this.#items.length && compare(this.#items[upper]!, bound) < 0) upper++
      if (mode === 1) {
        if (compareIds(take(16), fingerprint(this.#items, lower, upper)) === 0) skipped = true
        else {
          catchUp()
          part.push(...this.#split(lower, upper, bound))
        }
      } else if (mode === 2) {
        const theirs = Array.from({ length: varint() }, () => take(32))
        if (this.#asks) {
          skipped = true
          const ours = this.#items.slice(lower, upper).map(({ id }) => id)
          reply.have.push(...without(ours, theirs))
          reply.need.push(...without(theirs, ours))
        } else {
          catchUp()
          const listed: Uint8Array[] = []
          let end: RescanBound = bound
          for (let index = lower; index < upper; index++) {
            if (this.#over(full.length + listed.length * 32)) {
              end = this.#items[index]!
              upper = index
              break
            }
            listed.push(this.#items[index]!.id)
          }
          full.push(...part, ...this.#bound(end), 2, ...rescanVarint(listed.length))
          for (const id of listed) full.push(...id)
          part = []
        }
      } else skipped = true
      if (this.#over(full.length + part.length)) {
        full.push(...this.#bound(END), 1, ...fingerprint(this.#items, upper, this.#items.length))
        break
      }
      for (const byte of part) full.push(byte)
      lower = upper
      previous = bound
    }
    if (full.length > 1 || !this.#asks) reply.message = Uint8Array.from(full)
    return reply
  }

  #over(length: number): boolean {
    return this.#limit > 0 && length > this.#limit - 200
  }

  #bound({ timestamp, id }: RescanBound): number[] {
    const difference = timestamp === Infinity ? 0 : 1 + timestamp - this.#lastOut
    this.#lastOut = timestamp
    return [...rescanVarint(difference), id.length, ...id]
  }

  #split(from: number, to: number, upper: RescanBound): number[] {
    const count = to - from
    const out: number[] = []
    if (count < 32) {
      out.push(...this.#bound(upper), 2, count)
      for (let index = from; index < to; index++) out.push(...this.#items[index]!.id)
      return out
    }
    for (let bucket = 0, start = from; bucket < 16; bucket++) {
      const end = start + Math.floor(count / 16) + (bucket < count % 16 ? 1 : 0)
      out.push(...this.#bound(end === to ? upper : this.#shortest(end)), 1)
      out.push(...fingerprint(this.#items, start, end))
      start = end
    }
    return out
  }

  #shortest(index: number): RescanBound {
    const [before, item] = [this.#items[index - 1]!, this.#items[index]!]
    if (before.timestamp !== item.timestamp) return { timestamp: item.timestamp, id: EMPTY }
    const length = item.id.findIndex((byte, at) => byte !== before.id[at]) + 1
    return { timestamp: item.timestamp, id: item.id.subarray(0, length) }
  }
}

function without(ids: readonly Uint8Array[], others: readonly Uint8Array[]): Uint8Array[] {
  const keys = new Set(others.map((id) => id.toString()))
  return ids.filter((id) => !keys.has(id.toString()))
}
