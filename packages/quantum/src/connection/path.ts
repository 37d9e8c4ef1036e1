import type { Random } from '@stoa/kernel'

/** Where a peer is: as the host's sockets say it. */
export interface Address {
  readonly address: string
  readonly port: number
}

export const sameAddress = (a: Address, b: Address): boolean => a.port === b.port && a.address === b.address

const CHALLENGE_TRIES = 4

/** One way to the peer: whether it is proved, and how much may be sent until then (SPEC PTH-*). */
export class Path {
  readonly address: Address
  readonly #random: Random
  validated: boolean
  received = 0
  sent = 0
  /** The challenge under way. */
  #challenge: Uint8Array | undefined
  #tries = 0
  #waitMs = 0
  #again = Number.POSITIVE_INFINITY
  challengeDue = false
  /** Answers owed on this path. */
  readonly responses: Uint8Array[] = []

  constructor(address: Address, validated: boolean, random: Random) {
    this.address = address
    this.validated = validated
    this.#random = random
  }

  /** Bytes that may still be sent: three times what came, until the path is proved. */
  get budget(): number {
    return this.validated ? Number.POSITIVE_INFINITY : this.received * 3 - this.sent
  }

  startChallenge(): void {
    this.#challenge = this.#random.fill(new Uint8Array(8))
    this.#tries = 0
    this.#again = Number.POSITIVE_INFINITY
    this.challengeDue = true
  }

  /** The eight bytes to send; they are due again after `waitMs` without an answer. */
  takeChallenge(now: number, waitMs: number): Uint8Array | undefined {
    if (!this.challengeDue || !this.#challenge) return undefined
    this.challengeDue = false
    if (this.#tries === 0) {
      this.#tries = 1
      this.#waitMs = waitMs
      this.#again = now + waitMs
    }
    return this.#challenge
  }

  get deadline(): number {
    return this.#again
  }

  /** Whether the path has to be given up: also when it was not allowed as many bytes as all tries take. */
  onDeadline(now: number): boolean {
    if (now < this.#again) return false
    this.#again = Number.POSITIVE_INFINITY
    if (this.#tries >= CHALLENGE_TRIES) return true
    this.#tries++
    this.#again = now + this.#waitMs * this.#tries
    this.challengeDue = true
    return false
  }

  onResponse(data: Uint8Array): boolean {
    if (!this.#challenge?.every((byte, i) => byte === data[i])) return false
    this.#challenge = undefined
    this.#again = Number.POSITIVE_INFINITY
    this.challengeDue = false
    this.validated = true
    return true
  }

  onChallenge(data: Uint8Array): void {
    if (this.responses.length < 4) this.responses.push(data.slice())
  }
}
