import type { RateSample, SentState } from '../congestion/controller.ts'

/** Delivery rate sampling (draft-cheng-iccrg-delivery-rate-estimation §3), for a whole connection. */
export class DeliveryRate {
  /** Bytes acknowledged since the start. */
  delivered = 0
  /** Bytes taken for lost since the start. */
  lost = 0
  #deliveredAt = 0
  #firstSentAt = 0
  /** `delivered` at which the phase limited by the application ends; 0 when there is none. */
  #appLimitedUntil = 0
  #newest: SentState | undefined

  get appLimited(): boolean {
    return this.#appLimitedUntil > 0
  }

  onSent(packet: SentState, now: number, bytesInFlightBefore: number): void {
    if (bytesInFlightBefore === 0) {
      this.#firstSentAt = now
      this.#deliveredAt = now
    }
    packet.firstSentAt = this.#firstSentAt
    packet.deliveredAt = this.#deliveredAt
    packet.delivered = this.delivered
    packet.lostBytes = this.lost
    packet.appLimited = this.appLimited
  }

  setAppLimited(bytesInFlight: number): void {
    this.#appLimitedUntil = Math.max(1, this.delivered + bytesInFlight)
  }

  onAcked(packet: SentState, now: number): void {
    this.delivered += packet.size
    this.#deliveredAt = now
    if (this.#newest && packet.sentAt < this.#newest.sentAt) return
    this.#newest = packet
    this.#firstSentAt = packet.sentAt
  }

  onLost(size: number): void {
    this.lost += size
  }

  /** The sample of everything acknowledged since the last call; undefined when nothing was. */
  take(minRttMs: number, rttMs: number): RateSample | undefined {
    const packet = this.#newest
    if (!packet) return undefined
    this.#newest = undefined
    if (this.#appLimitedUntil > 0 && this.delivered > this.#appLimitedUntil) this.#appLimitedUntil = 0
    const sendMs = packet.sentAt - packet.firstSentAt
    const ackMs = this.#deliveredAt - packet.deliveredAt
    const interval = Math.max(sendMs, ackMs)
    const delivered = this.delivered - packet.delivered
    return {
      // An interval shorter than the path's RTT is an artefact of compressed acknowledgements.
      deliveryRate: interval >= minRttMs && interval > 0 ? delivered / interval : 0,
      appLimited: packet.appLimited,
      priorDelivered: packet.delivered,
      delivered,
      lost: this.lost - packet.lostBytes,
      inFlightAtSend: packet.inFlightAtSend,
      phase: packet.phase,
      sentAt: packet.sentAt,
      rttMs,
    }
  }
}
