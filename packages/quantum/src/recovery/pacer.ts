/** A timer that comes late must not cost rate: what the bucket could not hold is made good, so much faster than the rate. */
const CATCH_UP = 0.5
/**
 * The path stood idle meanwhile: what is made good stands in its queue, and messages wait behind it. Beside them as much is given up,
 * but no more than this part of the rate: a process that is late all the time must not lose its rate.
 */
const GIVEN_UP = 0.03
/** Saved up for longer pauses, milliseconds of the rate. */
const MAX_GIVEN_UP_MS = 32
/** At most what so many milliseconds would have earned. */
const MAX_OWED_MS = 32

/** A token bucket: lets bytes go at a rate, in bursts no longer than `burstMs` of it (or two datagrams). */
export class Pacer {
  #tokens: number
  #owed = 0
  #filledAt = 0
  #datagram: number
  #givesUp = false
  /** What may be given up by now, bytes. */
  #spare = Number.POSITIVE_INFINITY
  readonly #burstMs: number

  constructor(datagramSize: number, burstMs: number) {
    this.#datagram = datagramSize
    this.#burstMs = burstMs
    this.#tokens = 2 * datagramSize
  }

  setDatagramSize(bytes: number): void {
    this.#datagram = bytes
  }

  setLatencySensitive(sensitive: boolean): void {
    this.#givesUp = sensitive
  }

  /** Bytes that may leave now. `rate` in bytes per millisecond. */
  allowance(now: number, rate: number): number {
    this.#fill(now, rate)
    // Whole datagrams: sending the rest in slivers would cost more than it brings.
    return this.#tokens >= this.#datagram ? this.#tokens : 0
  }

  #fill(now: number, rate: number): void {
    const earned = Math.max(0, now - this.#filledAt) * rate
    this.#filledAt = now
    const most = Math.max(2 * this.#datagram, rate * this.#burstMs)
    const madeGood = Math.min(this.#owed, CATCH_UP * earned)
    const tokens = this.#tokens + earned + madeGood
    this.#tokens = Math.min(most, tokens)
    this.#owed = Math.min(MAX_OWED_MS * rate, this.#owed - madeGood + Math.max(0, tokens - most))
    if (this.#givesUp) this.#giveUp(earned, rate)
  }

  #giveUp(earned: number, rate: number): void {
    this.#spare = Math.min(MAX_GIVEN_UP_MS * rate, this.#spare + GIVEN_UP * earned)
    const givenUp = Math.min(this.#owed, this.#spare)
    this.#owed -= givenUp
    this.#spare -= givenUp
  }

  /** There was nothing to send: time that passes so earns nothing beyond the bucket. */
  onIdle(): void {
    this.#owed = 0
  }

  onSent(bytes: number): void {
    this.#tokens -= bytes
  }

  /** When a datagram may leave next. */
  nextTime(now: number, rate: number): number {
    const have = this.#tokens + Math.max(0, now - this.#filledAt) * rate
    return have >= this.#datagram ? now : now + (this.#datagram - have) / rate
  }
}
