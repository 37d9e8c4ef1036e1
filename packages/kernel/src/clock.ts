/** Time as an argument: rules and engines never read the machine's clock themselves. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

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

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }

  set(time: number | Date): void {
    this.#now = Number(time)
  }
}
