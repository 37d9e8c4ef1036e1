import { pages } from './pages.ts'

/** Bytes written and not yet acknowledged, by their offset in the stream. Holds what it is given, or a copy of it. */
export class SendBuffer {
  #chunks: Uint8Array[] = []
  /** The page that a chunk lies in, where it is one of ours. */
  #pages: (Uint8Array | undefined)[] = []
  #starts: number[] = []
  #head = 0
  /** Offset behind the last byte written. */
  end = 0

  write(data: Uint8Array): void {
    if (data.length > 0) this.#append(data, undefined)
  }

  /** The caller may change its bytes afterwards. */
  writeCopy(data: Uint8Array): void {
    let at = 0
    while (data.length - at >= pages.worthwhile) {
      const page = pages.take()
      const part = data.subarray(at, at + page.length)
      page.set(part)
      this.#append(page.subarray(0, part.length), page)
      at += part.length
    }
    if (at < data.length) this.#append(new Uint8Array(data.subarray(at)), undefined)
  }

  #append(chunk: Uint8Array, page: Uint8Array | undefined): void {
    this.#chunks.push(chunk)
    this.#pages.push(page)
    this.#starts.push(this.end)
    this.end += chunk.length
  }

  /** Copies `[offset, offset + length)` to `out`; the caller asks only for what was not released. */
  copy(offset: number, length: number, out: Uint8Array, at: number): void {
    let index = this.#find(offset)
    let from = offset - this.#starts[index]!
    let left = length
    let to = at
    while (left > 0) {
      const chunk = this.#chunks[index++]!
      const part = Math.min(left, chunk.length - from)
      out.set(from === 0 && part === chunk.length ? chunk : chunk.subarray(from, from + part), to)
      to += part
      left -= part
      from = 0
    }
  }

  /** Forgets everything below `offset`. */
  release(offset: number): void {
    while (this.#head < this.#chunks.length) {
      if (this.#starts[this.#head]! + this.#chunks[this.#head]!.length > offset) break
      const page = this.#pages[this.#head]
      if (page) pages.giveBack(page)
      this.#pages[this.#head] = undefined
      this.#chunks[this.#head++] = NOTHING
    }
    if (this.#head > 64 && this.#head * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#head)
      this.#pages = this.#pages.slice(this.#head)
      this.#starts = this.#starts.slice(this.#head)
      this.#head = 0
    }
  }

  clear(): void {
    this.#chunks = []
    this.#pages = []
    this.#starts = []
    this.#head = 0
  }

  /** Index of the chunk that holds `offset`. */
  #find(offset: number): number {
    let low = this.#head
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

const NOTHING = new Uint8Array(0)
