/** Thresholds before a packet is taken for lost (RFC 9002 §6.1), widened by reordering that was seen (RFC 8985 §6.2). */

const MIN_PACKETS = 3
const MAX_PACKETS = 500
const MIN_TIME = 9 / 8
const MAX_TIME = 2
const TIME_STEP = 1 / 8
/** Episodes of loss without a spurious one after which the thresholds narrow again (RFC 8985 counts 16 recoveries). */
const CALM_EPISODES = 16

export class ReorderingTolerance {
  /** Packets that may overtake. */
  packets = MIN_PACKETS
  /** Share of the RTT a packet may be overtaken by. */
  #time = MIN_TIME
  #calm = 0

  lossDelay(smoothedMs: number, latestMs: number): number {
    return Math.max(this.#time * Math.max(smoothedMs, latestMs), 1)
  }

  /** A packet taken for lost arrived `overtakenBy` packets late. */
  onSpurious(overtakenBy: number): void {
    this.packets = Math.min(MAX_PACKETS, Math.max(this.packets, overtakenBy + 1))
    this.#time = Math.min(MAX_TIME, this.#time + TIME_STEP)
    this.#calm = 0
  }

  /** An episode of loss ended with all of its packets really lost. */
  onCalmEpisode(): void {
    this.#calm++
    if (this.#calm < CALM_EPISODES) return
    this.#calm = 0
    this.packets = MIN_PACKETS
    this.#time = MIN_TIME
  }
}
