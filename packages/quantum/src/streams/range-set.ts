/** Half-open ranges `[start, end)`, ascending, never touching each other. Flat, because there are few and they are looked at often. */
export class RangeSet {
  /** start, end, start, end, … */
  readonly edges: number[] = []

  get size(): number {
    return this.edges.length >> 1
  }

  get empty(): boolean {
    return this.edges.length === 0
  }

  /** Adds a range; returns how many of its numbers were new. */
  add(start: number, end: number): number {
    if (start >= end) return 0
    const { edges } = this
    const count = edges.length
    if (count > 0 && edges[count - 1] === start) {
      edges[count - 1] = end
      return end - start
    }
    if (count === 0 || edges[count - 1]! < start) {
      edges.push(start, end)
      return end - start
    }
    return this.#merge(start, end)
  }

  #merge(start: number, end: number): number {
    const { edges } = this
    const from = this.#firstEndingAt(start)
    let to = from
    let covered = 0
    let low = start
    let high = end
    for (; to < edges.length && edges[to]! <= end; to += 2) {
      covered += Math.max(0, Math.min(edges[to + 1]!, end) - Math.max(edges[to]!, start))
      low = Math.min(low, edges[to]!)
      high = Math.max(high, edges[to + 1]!)
    }
    edges.splice(from, to - from, low, high)
    return end - start - covered
  }

  remove(start: number, end: number): void {
    const { edges } = this
    if (start >= end || edges.length === 0) return
    const from = this.#firstEndingAt(start + 1)
    let to = from
    const kept: number[] = []
    for (; to < edges.length && edges[to]! < end; to += 2) {
      if (edges[to]! < start) kept.push(edges[to]!, start)
      if (edges[to + 1]! > end) kept.push(end, edges[to + 1]!)
    }
    if (to > from) edges.splice(from, to - from, ...kept)
  }

  /** Whether all of `[start, end)` is in the set. */
  covers(start: number, end: number): boolean {
    if (start >= end) return true
    const at = this.#firstEndingAt(start + 1)
    return at < this.edges.length && this.edges[at]! <= start && this.edges[at + 1]! >= end
  }

  /** Calls `visit` for each part of `[start, end)` that is not in the set. */
  missing(start: number, end: number, visit: (start: number, end: number) => void): void {
    let from = start
    for (let at = this.#firstEndingAt(start + 1); at < this.edges.length && this.edges[at]! < end; at += 2) {
      if (this.edges[at]! > from) visit(from, this.edges[at]!)
      from = this.edges[at + 1]!
    }
    if (from < end) visit(from, end)
  }

  /** Index of the first range whose end is at least `value`. */
  #firstEndingAt(value: number): number {
    const { edges } = this
    let low = 0
    let high = edges.length >> 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (edges[middle * 2 + 1]! < value) low = middle + 1
      else high = middle
    }
    return low * 2
  }
}
