import { seededRandom } from '@stoa/kernel'

/** Repeatable choices from a seed. */
export class Dice {
  readonly #source
  readonly #block = new Uint8Array(4096)
  #used = 4096

  constructor(seed: number) {
    this.#source = seededRandom(seed)
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    if (this.#used + 4 > this.#block.length) {
      this.#source.fill(this.#block)
      this.#used = 0
    }
    const at = this.#used
    this.#used += 4
    return new DataView(this.#block.buffer).getUint32(at) / 2 ** 32
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)] as T
  }

  /** Early entries far more often than late ones, as words in a language. */
  pickEarly<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() ** 3 * list.length)] as T
  }
}
