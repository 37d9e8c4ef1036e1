import type { LossEstimate } from './types.ts'

/** How many packets the estimate remembers, about; newer ones weigh more. */
const MEMORY = 2000

/** Share and run length of losses, from packets' fates in order of their numbers as far as they come in order. */
export class LossTracker {
  #packets = 0
  #lost = 0
  #runs = 0
  #weight = 0
  #lastLost = Number.NEGATIVE_INFINITY

  onAcked(): void {
    this.#age()
  }

  onLost(number: number): void {
    this.#age()
    this.#lost++
    if (number !== this.#lastLost + 1) this.#runs++
    this.#lastLost = number
  }

  /** A loss was none. */
  onSpurious(): void {
    this.#lost = Math.max(0, this.#lost - 1)
    this.#runs = Math.min(this.#runs, this.#lost)
  }

  estimate(): LossEstimate {
    const rate = this.#weight > 0 ? this.#lost / this.#weight : 0
    const burst = this.#runs > 0 ? Math.max(1, this.#lost / this.#runs) : 1
    return { rate, burst, samples: this.#packets }
  }

  #age(): void {
    this.#packets++
    this.#weight++
    if (this.#weight <= MEMORY) return
    this.#weight /= 2
    this.#lost /= 2
    this.#runs /= 2
  }
}
