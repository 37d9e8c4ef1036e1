/** RTT as RFC 9002 §5 estimates it. Milliseconds. */
export class RttEstimator {
  latest = 0
  smoothed: number
  variation: number
  /** Least seen on this path; Infinity before the first sample. */
  min = Number.POSITIVE_INFINITY
  samples = 0

  constructor(initialMs: number) {
    this.smoothed = initialMs
    this.variation = initialMs / 2
  }

  /** `ackDelayMs`: how long the peer held the acknowledgement, already bounded by its promise. */
  update(sampleMs: number, ackDelayMs: number): void {
    this.min = Math.min(this.min, sampleMs)
    // A delay that would put the sample below the minimum cannot be true.
    const adjusted = sampleMs - ackDelayMs >= this.min ? sampleMs - ackDelayMs : sampleMs
    this.latest = adjusted
    if (this.samples++ === 0) {
      this.smoothed = adjusted
      this.variation = adjusted / 2
      return
    }
    this.variation = 0.75 * this.variation + 0.25 * Math.abs(this.smoothed - adjusted)
    this.smoothed = 0.875 * this.smoothed + 0.125 * adjusted
  }

  /** Probe timeout without backoff (RFC 9002 §6.2.1). */
  probeTimeout(maxAckDelayMs: number): number {
    return this.smoothed + Math.max(4 * this.variation, 1) + maxAckDelayMs
  }
}
