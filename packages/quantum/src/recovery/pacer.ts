/** A token bucket: lets bytes go at a rate, in bursts no longer than `burstMs` of it (or two datagrams). */
export class Pacer {
  #tokens: number
  #filledAt = 0
  #datagram: number
  readonly #burstMs: number

  constructor(datagramSize: number, burstMs: number) {
    this.#datagram = datagramSize
    this.#burstMs = burstMs
    this.#tokens = 2 * datagramSize
  }

  setDatagramSize(bytes: number): void {
    this.#datagram = bytes
  }

  /** Bytes that may leave now. `rate` in bytes per millisecond. */
  allowance(now: number, rate: number): number {
    const elapsed = Math.max(0, now - this.#filledAt)
    this.#filledAt = now
    const most = Math.max(2 * this.#datagram, rate * this.#burstMs)
    this.#tokens = Math.min(most, this.#tokens + elapsed * rate)
    // Whole datagrams: sending the rest in slivers would cost more than it brings.
    return this.#tokens >= this.#datagram ? this.#tokens : 0
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
