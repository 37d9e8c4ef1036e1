import { RangeSet } from './range-set.ts'

/** Data smaller than this is copied out of its datagram, so that a small piece does not hold a large buffer. */
const COPY_BELOW = 512

/** Pieces of a stream in any order; gives them out in order, or by range. Keeps each byte once. */
export class Reassembly {
  readonly received = new RangeSet()
  #pieces: Uint8Array[] = []
  #starts: number[] = []
  #head = 0
  /** Bytes held. */
  held = 0

  /** Pieces held. */
  get count(): number {
    return this.#pieces.length - this.#head
  }

  /** Returns how many bytes were new. */
  insert(offset: number, data: Uint8Array): number {
    if (data.length === 0) return 0
    const end = offset + data.length
    const { edges } = this.received
    if (edges.length === 0 || edges[edges.length - 1]! <= offset) {
      this.#place(offset, data)
      this.received.add(offset, end)
      this.held += data.length
      return data.length
    }
    if (this.received.covers(offset, end)) return 0
    let fresh = 0
    this.received.missing(offset, end, (start, stop) => {
      this.#place(start, data.subarray(start - offset, stop - offset))
      fresh += stop - start
    })
    this.received.add(offset, end)
    this.held += fresh
    return fresh
  }

  #place(start: number, view: Uint8Array): void {
    const piece = view.length < COPY_BELOW ? view.slice() : view
    const last = this.#starts.length - 1
    if (last < this.#head || this.#starts[last]! < start) {
      this.#pieces.push(piece)
      this.#starts.push(start)
      return
    }
    const at = this.#find(start)
    this.#pieces.splice(at, 0, piece)
    this.#starts.splice(at, 0, start)
  }

  /** The piece that begins at `offset`, and forgets it; `undefined` when it has not arrived. */
  shift(offset: number): Uint8Array | undefined {
    if (this.#head >= this.#pieces.length || this.#starts[this.#head] !== offset) return undefined
    const piece = this.#pieces[this.#head]!
    this.#pieces[this.#head++] = NOTHING
    this.held -= piece.length
    if (this.#head > 64 && this.#head * 2 > this.#pieces.length) {
      this.#pieces = this.#pieces.slice(this.#head)
      this.#starts = this.#starts.slice(this.#head)
      this.#head = 0
    }
    return piece
  }

  /** Copies `[start, end)`, which has arrived, without forgetting it. */
  peek(start: number, end: number): Uint8Array {
    const out = new Uint8Array(end - start)
    let at = this.#find(start + 1) - 1
    for (let from = start; from < end; at++) {
      const piece = this.#pieces[at]!
      const skip = from - this.#starts[at]!
      const part = piece.subarray(skip, Math.min(piece.length, skip + end - from))
      out.set(part, from - start)
      from += part.length
    }
    return out
  }

  /** Forgets `[start, end)`, all of which has arrived. */
  drop(start: number, end: number): void {
    let at = this.#find(start + 1) - 1
    let from = start
    const first = at
    const kept: [number, Uint8Array][] = []
    for (; from < end; at++) {
      const begin = this.#starts[at]!
      const piece = this.#pieces[at]!
      if (begin < start) kept.push([begin, piece.subarray(0, start - begin)])
      if (begin + piece.length > end) kept.push([end, piece.subarray(end - begin)])
      from = begin + piece.length
    }
    this.#pieces.splice(first, at - first, ...kept.map(([, piece]) => piece))
    this.#starts.splice(first, at - first, ...kept.map(([begin]) => begin))
    this.held -= end - start
  }

  clear(): void {
    this.#pieces = []
    this.#starts = []
    this.#head = 0
    this.held = 0
  }

  /** Index of the first piece that begins at `offset` or later. */
  #find(offset: number): number {
    let low = this.#head
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

const NOTHING = new Uint8Array(0)
