import type { Random } from '@stoa/kernel'
import { QuantumError } from '../errors.ts'

/** Between two skipped numbers lie at least so many, and at most twice as many plus 255. */
const SKIP_EVERY = 128
/** Skipped numbers remembered: those that a peer may still pretend to have. */
const REMEMBERED = 8

/**
 * Packet numbers of one space. Now and then one is left out: a peer that acknowledges it acknowledges what it has not
 * seen, to be sent more than the network can carry (optimistic acknowledgement, SPEC ACK-6).
 */
export class PacketNumbers {
  readonly #random: Random
  readonly #scratch = new Uint8Array(1)
  #next = 0
  #skipAt: number
  #skipped: number[] = []
  largestAcked = -1

  constructor(random: Random) {
    this.#random = random
    this.#skipAt = this.#distance()
  }

  #distance(): number {
    return SKIP_EVERY + this.#random.fill(this.#scratch)[0]!
  }

  get next(): number {
    return this.#next
  }

  take(): number {
    if (this.#next === this.#skipAt) {
      this.#skipped.push(this.#next)
      if (this.#skipped.length > REMEMBERED) this.#skipped.shift()
      this.#next++
      this.#skipAt = this.#next + this.#distance()
    }
    return this.#next++
  }

  /** Throws when the peer acknowledges what was never sent. */
  checkAcked(ranges: ArrayLike<number>, count: number): void {
    const largest = ranges[1]!
    if (largest >= this.#next) throw lie()
    for (const number of this.#skipped)
      for (let i = 0; i < count; i++)
        if (ranges[i * 2]! <= number && number <= ranges[i * 2 + 1]!) throw lie()
    if (largest > this.largestAcked) this.largestAcked = largest
  }
}

const lie = () =>
  new QuantumError('quantum.protocol_violation', 'The peer acknowledges packets that were never sent.')
