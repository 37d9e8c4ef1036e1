import { gaussian, seededFloats } from './random.ts'
import type { Simulation } from './simulation.ts'

/** One direction of a link. Everything is off unless it is given. */
export interface LinkOptions {
  seed: number
  /** Propagation delay one way. */
  delayMs: number
  /** Standard deviation of the delay. */
  jitterMs?: number
  /** Bottleneck rate; without it the link serialises nothing and has no queue. */
  rateMbit?: number
  /** Drop-tail queue before the bottleneck. Default: one bandwidth-delay product of a round trip. */
  queueBytes?: number
  /** Share of packets lost after the bottleneck, 0…1. */
  loss?: number
  /** Mean length of a run of losses (Gilbert model); 1 is independent loss. */
  burst?: number
  /** Shares of packets that overtake (delayed by up to `reorderMs` more), arrive twice, or arrive with a bit turned. */
  reorder?: number
  reorderMs?: number
  duplicate?: number
  corrupt?: number
}

export interface LinkCounts {
  offered: number
  delivered: number
  queueDrops: number
  lossDrops: number
  duplicates: number
  corrupted: number
  maxQueueBytes: number
}

/** Headers of IPv4 and UDP, which a link carries besides the payload. */
const HEADER_BYTES = 28

/**
 * One direction of an emulated link: drop-tail queue → serialisation → loss → delay, as the namespace link does it with real
 * packets. Delivery keeps order unless `reorder` says otherwise.
 */
export class MemoryLink<Packet> {
  readonly counts: LinkCounts = {
    offered: 0,
    delivered: 0,
    queueDrops: 0,
    lossDrops: 0,
    duplicates: 0,
    corrupted: 0,
    maxQueueBytes: 0,
  }
  readonly #simulation: Simulation
  readonly #options: LinkOptions
  readonly #deliver: (packet: Packet) => void
  readonly #damage: (packet: Packet, random: () => number) => Packet
  readonly #random: () => number
  readonly #queueBytes: number
  #freeAt = 0
  #lastDue = 0
  #bad = false

  /** `damage` returns a corrupted copy of a packet (`turnOneBit` for byte arrays); without it packets stay whole. */
  constructor(
    simulation: Simulation,
    options: LinkOptions,
    deliver: (packet: Packet) => void,
    damage: (packet: Packet, random: () => number) => Packet = (packet) => packet,
  ) {
    this.#simulation = simulation
    this.#options = options
    this.#deliver = deliver
    this.#damage = damage
    this.#random = seededFloats(options.seed)
    this.#queueBytes =
      options.queueBytes ?? Math.max(96_000, ((options.rateMbit ?? 0) * 1000 * 2 * options.delayMs) / 8)
  }

  /** `size` is the UDP payload; the link adds the headers. */
  send(packet: Packet, size: number): void {
    const { rateMbit, duplicate = 0, corrupt = 0 } = this.#options
    this.counts.offered++
    let done = this.#simulation.now
    if (rateMbit) {
      const bytes = size + HEADER_BYTES
      const bytesPerMs = (rateMbit * 1000) / 8
      const start = Math.max(done, this.#freeAt)
      const backlog = (start - done) * bytesPerMs
      if (backlog + bytes > this.#queueBytes) {
        this.counts.queueDrops++
        return
      }
      this.counts.maxQueueBytes = Math.max(this.counts.maxQueueBytes, backlog + bytes)
      this.#freeAt = start + bytes / bytesPerMs
      done = this.#freeAt
    }
    if (this.#loses()) {
      this.counts.lossDrops++
      return
    }
    const copies = this.#random() < duplicate ? 2 : 1
    if (copies === 2) this.counts.duplicates++
    for (let copy = 0; copy < copies; copy++) {
      const damaged = this.#random() < corrupt
      if (damaged) this.counts.corrupted++
      this.#arrive(damaged ? this.#damage(packet, this.#random) : packet, done)
    }
  }

  #arrive(packet: Packet, done: number): void {
    const { delayMs, jitterMs = 0, reorder = 0, reorderMs = delayMs } = this.#options
    const jitter = jitterMs > 0 ? Math.max(-delayMs, gaussian(this.#random) * jitterMs) : 0
    let due = done + delayMs + jitter
    if (this.#random() < reorder) due += this.#random() * reorderMs
    else {
      due = Math.max(due, this.#lastDue)
      this.#lastDue = due
    }
    this.#simulation.at(due, () => {
      this.counts.delivered++
      this.#deliver(packet)
    })
  }

  /** Gilbert model: P(bad → good) = 1/burst, P(good → bad) = loss / (burst · (1 − loss)). */
  #loses(): boolean {
    const { loss = 0, burst = 1 } = this.#options
    if (loss <= 0) return false
    if (burst <= 1) return this.#random() < loss
    const change = this.#bad ? 1 / burst : loss / (burst * (1 - loss))
    if (this.#random() < change) this.#bad = !this.#bad
    return this.#bad
  }
}

/** A copy with one bit changed. */
export function turnOneBit(packet: Uint8Array, random: () => number): Uint8Array {
  if (packet.length === 0) return packet
  const copy = packet.slice()
  const bit = Math.floor(random() * copy.length * 8)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}
