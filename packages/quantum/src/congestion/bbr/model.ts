import type { CongestionEvent, RateSample } from '../controller.ts'
import { PUSHING } from './loss-discriminator.ts'
import { isContested } from './sharing.ts'
import {
  type BbrState,
  BETA,
  bandwidth,
  LOSS_THRESHOLD,
  MIN_RTT_WINDOW_MS,
  MIN_WINDOW_PACKETS,
  PROBE_RTT_INTERVAL_MS,
} from './state.ts'

/** A round trip ends when a packet is acknowledged that left after the last one ended. */
export function updateRound(state: BbrState, event: CongestionEvent): void {
  state.roundStart = false
  const { sample } = event
  if (!sample || sample.priorDelivered < state.nextRoundDelivered) return
  state.nextRoundDelivered = event.totalDelivered
  state.round++
  state.roundsSinceProbe++
  state.roundStart = true
  state.extraAcked.advance()
}

/**
 * Bytes lost at random went through the bottleneck as well as those that arrived: a sample that left them out would make the
 * sender slower by the path's loss with every round. Only as much as the path is known to lose is added.
 */
function carriedRate(state: BbrState, sample: RateSample): number {
  if (sample.delivered <= 0 || sample.lost <= 0) return sample.deliveryRate
  const packets = (sample.delivered + sample.lost) / state.datagramSize
  const share = state.discriminator.randomLoss > 0 ? state.discriminator.believable(packets) : 0
  return sample.deliveryRate * (1 + Math.min(sample.lost / sample.delivered, share / (1 - share)))
}

export function updateBandwidth(state: BbrState, event: CongestionEvent): void {
  const { sample } = event
  if (!sample) return
  const ended = state.roundStart ? endRound(state, event) : 0
  // Startup grows too fast for averages, and beside flows that like queues every sample counts. Else the largest of many samples
  // would be the noise of late processes.
  const single = state.phase === 'startup' || isContested(state)
  const rate = single ? carriedRate(state, sample) : ended
  if (rate <= 0) return
  if (state.roundStart) state.priorRoundBandwidth = single ? state.latestBandwidth : rate
  state.latestBandwidth = Math.max(state.roundStart ? 0 : state.latestBandwidth, rate)
  state.latestInflight = Math.max(state.roundStart ? 0 : state.latestInflight, sample.delivered)
  if (rate >= state.maxBandwidth.value || !sample.appLimited) state.maxBandwidth.update(rate)
  const answers = single ? sample.phase === PUSHING : endsProbedRound(state)
  if (answers) state.push.delivered = Math.max(state.push.delivered, rate)
}

/** Whether the round that ended saw arrive what a probe had sent. */
function endsProbedRound(state: BbrState): boolean {
  if (state.phase === 'probe-bw-up') return state.round - state.upStartedRound >= 2
  return state.phase === 'probe-bw-down' && state.roundsSinceProbe <= 2
}

/** What the round trip delivered, per millisecond; 0 when there is nothing to say. */
function endRound(state: BbrState, event: CongestionEvent): number {
  const { since } = state
  const sentAt = event.sample?.sentAt ?? event.now
  state.since = { at: event.now, sentAt, delivered: event.totalDelivered, lost: event.totalLost }
  // Acknowledgements that a process read late come all at once: what they tell of was sent over a longer time.
  const sending = state.latencySensitive ? sentAt - since.sentAt : 0
  const interval = Math.max(event.now - since.at, sending)
  if (interval < state.minRttMs || !event.sample) return 0
  const delivered = event.totalDelivered - since.delivered
  const lost = Math.max(0, event.totalLost - since.lost)
  return carriedRate(state, { ...event.sample, deliveryRate: delivered / interval, delivered, lost })
}

/** Acknowledgements that come in lumps make room necessary beyond the bandwidth-delay product. */
export function updateExtraAcked(state: BbrState, event: CongestionEvent): void {
  if (event.ackedBytes === 0) return
  const expected = bandwidth(state) * (event.now - state.extraAckedSince)
  if (state.extraAckedBytes <= expected) {
    state.extraAckedSince = event.now
    state.extraAckedBytes = 0
    state.extraAckedBytes += event.ackedBytes
    state.extraAcked.update(Math.min(event.ackedBytes, state.windowBytes))
    return
  }
  state.extraAckedBytes += event.ackedBytes
  state.extraAcked.update(Math.min(state.extraAckedBytes - expected, state.windowBytes))
}

/** Returns whether the RTT was not confirmed for so long that it must be probed. */
export function updateMinRtt(state: BbrState, event: CongestionEvent): boolean {
  const rttMs = event.sample?.rttMs ?? 0
  const probeDue = event.now > state.probeRttMinAt + PROBE_RTT_INTERVAL_MS
  // A sample this near shows an empty queue as well as a new minimum would.
  const confirms = rttMs > 0 && rttMs <= state.probeRttMinMs * 1.01 + 0.25
  if (rttMs > 0 && (confirms || probeDue)) {
    state.probeRttMinMs = probeDue && !confirms ? rttMs : Math.min(rttMs, state.probeRttMinMs)
    state.probeRttMinAt = event.now
  }
  const expired = event.now > state.minRttAt + MIN_RTT_WINDOW_MS
  if (state.probeRttMinMs <= state.minRttMs || expired) {
    state.minRttMs = state.probeRttMinMs
    state.minRttAt = state.probeRttMinAt
  } else if (confirms) state.minRttAt = event.now
  return probeDue && !confirms
}

/** At the end of a round trip: whether it lost too much to congestion. */
export function judgeRound(state: BbrState): boolean {
  return state.discriminator.endRound().congestive > LOSS_THRESHOLD
}

/** Answers congestive loss outside of probing: less rate and less in flight, never below what was just delivered. */
export function lowerBounds(state: BbrState): void {
  remember(state)
  if (state.bandwidthBound === Number.POSITIVE_INFINITY) state.bandwidthBound = state.maxBandwidth.value
  if (state.inflightBound === Number.POSITIVE_INFINITY) state.inflightBound = state.windowBytes
  // Flows that like queues make them overflow for as long as it takes: one answer to that a cycle, not one a round.
  const kept = isContested(state) ? BETA * state.maxBandwidth.value : 0
  state.bandwidthBound = Math.max(kept, state.latestBandwidth, BETA * state.bandwidthBound)
  const least = Math.max(MIN_WINDOW_PACKETS * state.datagramSize, kept * (state.minRttMs + state.queueMs))
  state.inflightBound = Math.max(least, state.latestInflight, BETA * state.inflightBound)
}

/** Keeps the bounds as they are before a response to loss changes them. */
export function remember(state: BbrState): void {
  const { bandwidthBound, inflightBound, inflightCeiling } = state
  state.undo = { bandwidthBound, inflightBound, inflightCeiling }
}
