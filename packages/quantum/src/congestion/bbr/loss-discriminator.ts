import type { CongestionEvent } from '../controller.ts'

/** Marks of `SentState.phase`: how hard the sender was pushing when a packet left. */
export const GENTLE = 0
export const STEADY = 1
export const PUSHING = 2
export type Push = typeof GENTLE | typeof STEADY | typeof PUSHING

/** Packets remembered per counter, about. */
const MEMORY = 4000
/** Packets before a counter is believed. */
const ENOUGH = 100
/** More random loss than this is not believed: a path that bad is treated as congested. */
const MAX_RANDOM = 0.2
/** Packets of congestive loss that one round trip forgives. */
const SLACK_PACKETS = 3
/** Losses among packets that left this near to each other are one run: packets of one burst have one time. */
const RUN_GAP_MS = 1
/** Deviations by which a round trip's loss must exceed the path's: rounds are many, and each false alarm costs rate. */
const DEVIATIONS = 3
/** Queueing delay that counts as none: share of the RTT, and milliseconds. */
const CALM_SHARE = 0.1
const CALM_MS = 1

/** Acknowledged and lost packets under one condition, fading. */
class LossCounter {
  packets = 0
  lost = 0
  runs = 0

  add(acked: number, lost: number, runs: number): void {
    this.packets += acked + lost
    this.lost += lost
    this.runs += runs
    if (this.packets <= MEMORY) return
    this.packets /= 2
    this.lost /= 2
    this.runs /= 2
  }

  get rate(): number {
    return this.packets > 0 ? this.lost / this.packets : 0
  }

  /** Mean run of losses in packets. */
  get burst(): number {
    return this.runs > 0 ? Math.max(1, this.lost / this.runs) : 1
  }

  /** Standard deviation of the rate over `packets` packets; runs of losses widen it. */
  deviation(packets: number): number {
    const rate = Math.max(this.rate, 1 / Math.max(this.packets, 1))
    return Math.sqrt((rate * (1 - rate) * (2 * this.burst - 1)) / Math.max(packets, 1))
  }
}

/** What a finished round trip lost. */
export interface RoundLoss {
  /** Share of the round's packets lost beyond what the path loses at random, 0…1. */
  congestive: number
  lostPackets: number
}

/**
 * Tells loss that is the path's habit from loss that is congestion. Random loss happens as much while the sender goes gently and
 * no queue stands as at any other time: what is lost then is the path's rate, and only loss in excess of it, or loss while a queue
 * stands before the path's rate is known, is congestion. A policer, which drops without queueing, drops nothing while the sender
 * stays below its rate: its loss is therefore excess.
 */
export class LossDiscriminator {
  readonly #gentle = new LossCounter()
  readonly #steady = new LossCounter()
  #largestQueueMs = 0
  #lastLostSentAt = Number.NEGATIVE_INFINITY
  #round = { acked: 0, lost: 0, lostInQueue: 0 }
  #datagramSize: number

  constructor(datagramSize: number) {
    this.#datagramSize = datagramSize
  }

  setDatagramSize(bytes: number): void {
    this.#datagramSize = bytes
  }

  /** Share of packets the path loses without congestion, 0…0.2. */
  get randomLoss(): number {
    return Math.min(MAX_RANDOM, this.#habit().rate)
  }

  /**
   * Most loss among `packets` packets that still is the path's habit, 0…1. Narrow on purpose: at a policer, which drops all that
   * is too much, gentle sending at nine tenths of an estimate must find a lower one than was believed.
   */
  believable(packets: number): number {
    if (this.#gentle.packets < ENOUGH) return 0
    const rate = this.randomLoss
    const widening = Math.min(2, Math.sqrt(2 * this.#habit().burst - 1))
    return rate + widening * Math.sqrt((rate * (1 - rate)) / Math.max(packets, 1))
  }

  onEvent(event: CongestionEvent, minRttMs: number): void {
    const queueMs = Math.max(0, event.latestRttMs - minRttMs)
    if (event.sample && event.sample.rttMs > 0) this.#largestQueueMs = Math.max(this.#largestQueueMs, queueMs)
    const calm = queueMs <= Math.max(CALM_MS, CALM_SHARE * minRttMs)
    const acked = event.ackedBytes / this.#datagramSize
    const push = event.sample?.phase ?? STEADY
    const condition = this.#counterFor(push, calm, queueMs)
    if (acked > 0) condition?.add(acked, 0, 0)
    this.#round.acked += acked
    if (event.lost.length > 0) this.#onLost(event, calm, queueMs)
  }

  #onLost(event: CongestionEvent, calm: boolean, queueMs: number): void {
    for (const packet of event.lost) {
      const begins = packet.sentAt - this.#lastLostSentAt > RUN_GAP_MS
      this.#lastLostSentAt = packet.sentAt
      this.#counterFor(packet.phase, calm, queueMs)?.add(0, 1, begins ? 1 : 0)
    }
    this.#round.lost += event.lost.length
    if (!calm) this.#round.lostInQueue += event.lost.length
  }

  #counterFor(push: number, calm: boolean, queueMs: number): LossCounter | undefined {
    if (push === GENTLE) return queueMs <= Math.max(2, this.#largestQueueMs / 2) ? this.#gentle : undefined
    return push === STEADY && calm ? this.#steady : undefined
  }

  /**
   * Gentle sending knows best. Steady sending makes the estimate firmer, but may not raise it by more than gentle sending's own
   * uncertainty: a sender above a policer's rate would otherwise learn the losses it causes.
   */
  #habit(): LossCounter {
    const gentle = this.#gentle
    const steady = this.#steady
    if (gentle.packets < ENOUGH) return steady.packets >= ENOUGH / 2 ? steady : gentle
    if (steady.packets < ENOUGH) return gentle
    const most = (gentle.rate + gentle.deviation(gentle.packets)) * gentle.packets
    const pooled = new LossCounter()
    pooled.packets = gentle.packets + steady.packets
    pooled.lost = gentle.lost + steady.lost
    pooled.runs = gentle.runs + steady.runs
    if (pooled.rate * gentle.packets <= most) return pooled
    const bounded = new LossCounter()
    bounded.packets = gentle.packets
    bounded.lost = most
    bounded.runs = gentle.runs
    return bounded
  }

  /** Ends a round trip and judges its losses. */
  endRound(): RoundLoss {
    const { acked, lost, lostInQueue } = this.#round
    this.#round = { acked: 0, lost: 0, lostInQueue: 0 }
    // Old queues say little about the bottleneck of now.
    this.#largestQueueMs *= 0.98
    const packets = acked + lost
    if (packets === 0 || lost === 0) return { congestive: 0, lostPackets: 0 }
    const habit = this.#habit()
    const known = habit.packets >= ENOUGH
    const rate = known ? Math.min(MAX_RANDOM, habit.rate) : 0
    const expected = packets * (rate + (known ? DEVIATIONS * habit.deviation(packets) : 0)) + SLACK_PACKETS
    // Until the habit is known only loss beside a standing queue is held against the path.
    const suspicious = known ? lost : lostInQueue
    return { congestive: Math.max(0, suspicious - expected) / packets, lostPackets: lost }
  }
}
