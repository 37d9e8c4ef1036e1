/** Time as an argument: rules and engines never read the machine's clock themselves. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** The machine's clock, for entry points and adapters; rules and engines are given a {@link Clock}. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number

  constructor(start: number | Date = 0) {
    this.#now = Number(start)
  }

  now(): number {
    return this.#now
  }

  /** Moves the time on, or back with a negative number. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
  }

  set(time: number | Date): void {
    this.#now = Number(time)
  }
}
