import type { CongestionEvent, RateSample, SentState } from '../congestion/controller.ts'

/** Bytes of a packet in these events. */
export const PACKET = 1000

/** A sample of nothing in particular, but for what is given. */
export function sampleOf(overrides: Partial<RateSample> = {}): RateSample {
  return {
    deliveryRate: 0,
    appLimited: false,
    priorDelivered: 0,
    delivered: 0,
    lost: 0,
    inFlightAtSend: 0,
    phase: 0,
    sentAt: 0,
    rttMs: 40,
    ...overrides,
  }
}

/** An acknowledgement on a path with an RTT of 40 ms. */
export function eventOf(overrides: Partial<CongestionEvent> = {}): CongestionEvent {
  return {
    now: 0,
    ackedBytes: PACKET,
    lost: [],
    sample: undefined,
    totalDelivered: 0,
    totalLost: 0,
    bytesInFlight: 0,
    priorInFlight: 0,
    latestRttMs: 40,
    smoothedRttMs: 40,
    minRttMs: 40,
    ...overrides,
  }
}

/** A packet that left then, and was lost. */
export const lostAt = (sentAt: number, phase = 0): SentState => ({
  size: PACKET,
  sentAt,
  delivered: 0,
  deliveredAt: 0,
  firstSentAt: 0,
  lostBytes: 0,
  inFlightAtSend: 0,
  appLimited: false,
  phase,
})

/** Packets sent with this push: so many acknowledged, and so many lost, each apart from the others. */
export function lossEvent(of: { push: number; acked: number; lost: number; rttMs: number }): CongestionEvent {
  return eventOf({
    ackedBytes: of.acked * PACKET,
    lost: Array.from({ length: of.lost }, (_, i) => lostAt(10 * i, of.push)),
    sample: sampleOf({ phase: of.push, rttMs: of.rttMs }),
    latestRttMs: of.rttMs,
  })
}
