import { PeerRefusal } from '../../../platform/peers/errors.ts'
import type { PeerId } from '../../../platform/peers/peers.ts'

export interface Allowance {
  /** Both are also what may come at once. */
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
}

const MOST_PEERS = 4096

/** What one peer may cost: requests and bytes a second, with a second's worth saved up. */
export class Budget {
  readonly #allowance: (peer: PeerId) => Allowance
  readonly #left = new Map<PeerId, { requests: number; bytes: number; at: number }>()

  constructor(allowance: (peer: PeerId) => Allowance) {
    this.#allowance = allowance
  }

  /** Counts a request. @throws PeerRefusal `rate_limited` */
  request(peer: PeerId, now: number): void {
    const left = this.#at(peer, now)
    if (left.requests < 1 || left.bytes <= 0)
      throw new PeerRefusal('rate_limited', 'More than this node gives to one peer. Ask again in a second.')
    left.requests -= 1
  }

  /** Counts what it is sent, and sends; may go below zero once, and is refused until that is made good. */
  bytes(peer: PeerId, count: number, now: number): void {
    this.#at(peer, now).bytes -= count
  }

  #at(peer: PeerId, now: number): { requests: number; bytes: number; at: number } {
    const { requestsPerSecond, bytesPerSecond } = this.#allowance(peer)
    const known = this.#left.get(peer)
    const seconds = known ? Math.max(0, now - known.at) / 1000 : 1
    const left = {
      requests: Math.min(requestsPerSecond, (known?.requests ?? 0) + seconds * requestsPerSecond),
      bytes: Math.min(bytesPerSecond, (known?.bytes ?? 0) + seconds * bytesPerSecond),
      at: now,
    }
    this.#left.delete(peer)
    this.#left.set(peer, left)
    if (this.#left.size > MOST_PEERS) this.#left.delete(this.#left.keys().next().value ?? '')
    return left
  }
}
