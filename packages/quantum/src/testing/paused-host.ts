import { seededFloats } from '@stoa/testkit/netlab/random'
import type { Simulation } from '@stoa/testkit/netlab/simulation'

/** A process does not always run when it wants to: others have the processor, memory is swept. Milliseconds, exponential. */
export interface Pauses {
  everyMs: number
  forMs: number
}

/** Puts work off while a process pauses. */
export class PausedHost {
  readonly #simulation: Simulation
  readonly #pauses: Pauses | undefined
  readonly #random: () => number
  #nextAt = 0
  #until = 0

  constructor(simulation: Simulation, pauses: Pauses | undefined, seed: number) {
    this.#simulation = simulation
    this.#pauses = pauses
    this.#random = seededFloats(seed)
  }

  /** Runs `work` now, or when the pause is over; what waits then runs in order. */
  run(work: () => void): void {
    const { now } = this.#simulation
    if (this.#pauses) {
      const { everyMs, forMs } = this.#pauses
      while (this.#nextAt <= now) {
        this.#until = this.#nextAt - forMs * Math.log(1 - this.#random())
        this.#nextAt = Math.max(this.#until, this.#nextAt - everyMs * Math.log(1 - this.#random()))
      }
    }
    if (now >= this.#until) work()
    else this.#simulation.at(this.#until, work)
  }
}
