import type { CongestionEvent } from './controller.ts'

/** HyStart++ (RFC 9406): leaves slow start when the RTT grows, before the queue overflows. */
const MIN_THRESHOLD_MS = 4
const MAX_THRESHOLD_MS = 16
const THRESHOLD_DIVISOR = 8
const SAMPLES = 8
/** Growth in Conservative Slow Start, and how many rounds of it confirm the exit. */
const CONSERVATIVE_DIVISOR = 4
const CONSERVATIVE_ROUNDS = 5

export class HyStart {
  isOver = false
  #roundEnd = 0
  #lastMinMs = Number.POSITIVE_INFINITY
  #minMs = Number.POSITIVE_INFINITY
  #samples = 0
  #conservativeRounds = 0
  #baselineMs = Number.POSITIVE_INFINITY

  /** Bytes the window grows by for this acknowledgement. */
  growth(event: CongestionEvent): number {
    if (event.sample && event.sample.priorDelivered >= this.#roundEnd) this.#endRound(event)
    if (event.sample && event.sample.rttMs > 0) {
      this.#minMs = Math.min(this.#minMs, event.sample.rttMs)
      this.#samples++
    }
    this.#judge()
    return this.#conservativeRounds > 0 ? event.ackedBytes / CONSERVATIVE_DIVISOR : event.ackedBytes
  }

  #endRound(event: CongestionEvent): void {
    this.#roundEnd = event.totalDelivered
    this.#lastMinMs = this.#minMs
    this.#minMs = Number.POSITIVE_INFINITY
    this.#samples = 0
    if (this.#conservativeRounds === 0) return
    this.#conservativeRounds++
    if (this.#conservativeRounds > CONSERVATIVE_ROUNDS) this.isOver = true
  }

  #judge(): void {
    if (this.#samples < SAMPLES || this.#lastMinMs === Number.POSITIVE_INFINITY) return
    if (this.#conservativeRounds > 0) {
      // The growth of the RTT was a passing one.
      if (this.#minMs < this.#baselineMs) this.#conservativeRounds = 0
      return
    }
    const allowed = this.#lastMinMs / THRESHOLD_DIVISOR
    const threshold = Math.min(MAX_THRESHOLD_MS, Math.max(MIN_THRESHOLD_MS, allowed))
    if (this.#minMs < this.#lastMinMs + threshold) return
    this.#baselineMs = this.#minMs
    this.#conservativeRounds = 1
  }
}
