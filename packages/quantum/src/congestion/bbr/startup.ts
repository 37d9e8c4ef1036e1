import type { CongestionEvent } from '../controller.ts'
import {
  type BbrState,
  bandwidthDelay,
  DRAIN_PACING_GAIN,
  FULL_BANDWIDTH_GROWTH,
  FULL_BANDWIDTH_ROUNDS,
  STARTUP_WINDOW_GAIN,
} from './state.ts'

/** Share of the remembered bandwidth to begin with; the rest must be measured again (careful resume). */
const RESUME_SHARE = 0.5
/** The path is the remembered one when its RTT is within this factor. */
const RESUME_RTT_FACTOR = 1.25

/** Leaves Startup once the path is full: bandwidth stopped growing, or a round lost too much to congestion. */
export function updateStartup(state: BbrState, event: CongestionEvent, congested: boolean): void {
  if (state.pathMemory) resume(state, event)
  if (state.roundStart) checkFullBandwidth(state, event)
  if (congested) {
    state.inflightCeiling = Math.max(bandwidthDelay(state, state.maxBandwidth.value, 1), state.latestInflight)
    state.fullBandwidthReached = true
  }
  if (!state.fullBandwidthReached) return
  state.phase = 'drain'
  state.pacingGain = DRAIN_PACING_GAIN
  state.windowGain = STARTUP_WINDOW_GAIN
}

function checkFullBandwidth(state: BbrState, event: CongestionEvent): void {
  if (!event.sample || event.sample.appLimited || event.sample.deliveryRate === 0) return
  // Delivered alone: with losses added, a path that drops what is too much would seem to grow for ever.
  const { deliveryRate } = event.sample
  if (deliveryRate >= state.fullBandwidth * FULL_BANDWIDTH_GROWTH) {
    state.fullBandwidth = deliveryRate
    state.fullBandwidthRounds = 0
    return
  }
  state.fullBandwidthRounds++
  if (state.fullBandwidthRounds >= FULL_BANDWIDTH_ROUNDS) state.fullBandwidthReached = true
}

/** Jumps to half of what the path was known to carry, once its RTT shows that it is the same path. */
function resume(state: BbrState, event: CongestionEvent): void {
  const { pathMemory } = state
  if (!pathMemory || !event.sample || event.sample.rttMs === 0) return
  state.pathMemory = undefined
  const ratio = event.sample.rttMs / pathMemory.minRttMs
  if (ratio > RESUME_RTT_FACTOR || ratio < 1 / RESUME_RTT_FACTOR) return
  const rate = RESUME_SHARE * pathMemory.bandwidth
  state.maxBandwidth.update(rate)
  state.windowBytes = Math.max(state.windowBytes, bandwidthDelay(state, rate, STARTUP_WINDOW_GAIN))
}

/** Returns whether the queue that Startup built is gone. */
export function updateDrain(state: BbrState, event: CongestionEvent): boolean {
  return event.bytesInFlight <= bandwidthDelay(state, state.maxBandwidth.value, 1)
}
