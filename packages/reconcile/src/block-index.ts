import type { Block } from './block.ts'
import { addSum, SUM_WORDS, subtractSum } from './sum.ts'

/**
 * Counts and id sums of the blocks as a binary indexed tree (Fenwick 1994): a sum over the first blocks, or a change of
 * one, takes log2(blocks) steps. New and vanished blocks make it stale; it is made anew when next asked.
 */
export class BlockIndex {
  #counts = new Int32Array(1)
  #sums = new Uint32Array(SUM_WORDS)
  #size = 0
  #stale = true

  get stale(): boolean {
    return this.#stale
  }

  /** The list of blocks changed. */
  invalidate(): void {
    this.#stale = true
  }

  refresh(blocks: readonly Block[]): void {
    if (!this.#stale) return
    this.#stale = false
    this.#size = blocks.length
    this.#counts = new Int32Array(this.#size + 1)
    this.#sums = new Uint32Array((this.#size + 1) * SUM_WORDS)
    for (let node = 1; node <= this.#size; node++) {
      const block = blocks[node - 1]!
      this.#counts[node]! += block.count
      addSum(this.#sums, node * SUM_WORDS, block.sum, 0)
      const parent = node + (node & -node)
      if (parent > this.#size) continue
      this.#counts[parent]! += this.#counts[node]!
      addSum(this.#sums, parent * SUM_WORDS, this.#sums, node * SUM_WORDS)
    }
  }

  /** One item more (`sign` 1) or less (-1) in a block; `word` is where its id begins in `words`. */
  change(block: number, sign: 1 | -1, words: Uint32Array, word: number): void {
    if (this.#stale) return
    const apply = sign === 1 ? addSum : subtractSum
    for (let node = block + 1; node <= this.#size; node += node & -node) {
      this.#counts[node]! += sign
      apply(this.#sums, node * SUM_WORDS, words, word)
    }
  }

  /** How many items the first `blocks` blocks hold. */
  countBefore(blocks: number): number {
    let count = 0
    for (let node = blocks; node > 0; node -= node & -node) count += this.#counts[node]!
    return count
  }

  /** Adds the ids of the first `blocks` blocks to `target`. */
  addBefore(blocks: number, target: Uint32Array): void {
    for (let node = blocks; node > 0; node -= node & -node) addSum(target, 0, this.#sums, node * SUM_WORDS)
  }

  /** The block that holds the item `index`, and the item's place in it; one past the last item is (blocks, 0). */
  find(index: number): { block: number; at: number } {
    let node = 0
    let rest = index
    for (let step = 1 << (31 - Math.clz32(this.#size || 1)); step > 0; step >>= 1) {
      const next = node + step
      if (next > this.#size || this.#counts[next]! > rest) continue
      node = next
      rest -= this.#counts[next]!
    }
    return { block: node, at: rest }
  }
}
