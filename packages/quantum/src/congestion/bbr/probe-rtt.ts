import type { CongestionEvent } from '../controller.ts'
import { type BbrState, bandwidth, bandwidthDelay, PROBE_RTT_MS, PROBE_RTT_WINDOW_GAIN } from './state.ts'

/** Lets the queue run dry for a moment, to see the path's own RTT. */
export function enterProbeRtt(state: BbrState): void {
  state.phase = 'probe-rtt'
  state.pacingGain = 1
  state.windowGain = PROBE_RTT_WINDOW_GAIN
  state.probeRttDoneAt = 0
  state.probeRttRoundDone = false
}

/** Returns whether the RTT was seen with little in flight for long enough. */
export function updateProbeRtt(state: BbrState, event: CongestionEvent): boolean {
  if (state.probeRttDoneAt === 0) {
    const most = bandwidthDelay(state, bandwidth(state), PROBE_RTT_WINDOW_GAIN) + 2 * state.datagramSize
    if (event.bytesInFlight > Math.max(most, 4 * state.datagramSize)) return false
    state.probeRttDoneAt = event.now + PROBE_RTT_MS
    state.nextRoundDelivered = event.totalDelivered
    return false
  }
  if (state.roundStart) state.probeRttRoundDone = true
  if (!state.probeRttRoundDone || event.now < state.probeRttDoneAt) return false
  state.probeRttMinAt = event.now
  return true
}
