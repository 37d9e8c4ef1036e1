import type { CongestionEvent } from '../controller.ts'
import { queueThreshold, remember } from './model.ts'
import {
  type BbrState,
  BETA,
  bandwidth,
  bandwidthDelay,
  DOWN_PACING_GAIN,
  FULL_BANDWIDTH_ROUNDS,
  inflightWithHeadroom,
  PROBE_UP_WINDOW_GAIN,
  resetBounds,
  UP_PACING_GAIN,
  WINDOW_GAIN,
} from './state.ts'

/** Between probes: 2 to 3 s, so that flows that share a bottleneck do not probe together … */
const PROBE_WAIT_MS = 2000
const PROBE_WAIT_SPREAD_MS = 1000
/** … but not rarer than Reno would grow by the same amount. */
const MAX_PROBE_ROUNDS = 63
/** Beside messages: a smaller step, drained sooner. */
const GENTLE_UP_GAIN = 1.1
const GENTLE_DOWN_GAIN = 0.8
/** Growth of the bandwidth in a round of probing that is more than noise. */
const PROBE_GROWTH = 1.1
/** Queue beside messages at which probing ends, milliseconds. */
const GENTLE_QUEUE_MS = 3

export function enterDown(state: BbrState, now: number): void {
  state.phase = 'probe-bw-down'
  state.pacingGain = state.latencySensitive ? GENTLE_DOWN_GAIN : DOWN_PACING_GAIN
  state.windowGain = WINDOW_GAIN
  state.cycleStartedAt = now
  state.roundsSinceProbe = 0
  state.probeWaitMs = PROBE_WAIT_MS + PROBE_WAIT_SPREAD_MS * state.random()
  state.maxBandwidth.advance()
  state.maxBandwidth.update(Math.min(state.latestBandwidth, state.maxBandwidth.value))
}

/** `rttMs`: the latest. A queue that stands already is not this flow's own. */
export function enterCruise(state: BbrState, rttMs: number): void {
  state.cruiseBeganEmpty = rttMs <= state.minRttMs + queueThreshold(state)
  state.phase = 'probe-bw-cruise'
  state.pacingGain = 1
  state.windowGain = WINDOW_GAIN
}

function enterRefill(state: BbrState): void {
  resetBounds(state)
  state.phase = 'probe-bw-refill'
  state.pacingGain = 1
  state.windowGain = WINDOW_GAIN
  state.upRounds = 0
  state.upAcked = 0
  state.upStartedRound = state.round
}

function enterUp(state: BbrState): void {
  state.phase = 'probe-bw-up'
  state.pacingGain = state.latencySensitive ? GENTLE_UP_GAIN : UP_PACING_GAIN
  state.windowGain = PROBE_UP_WINDOW_GAIN
  state.upStartedRound = state.round
  state.fullBandwidth = bandwidth(state)
  state.fullBandwidthRounds = 0
}

/** One step of the probing cycle. `congested`: the round that ended lost too much. */
export function updateProbeBandwidth(state: BbrState, event: CongestionEvent, congested: boolean): void {
  switch (state.phase) {
    case 'probe-bw-down':
      if (isProbeDue(state, event.now)) enterRefill(state)
      else if (hasDrained(state, event.bytesInFlight)) enterCruise(state, event.latestRttMs)
      break
    case 'probe-bw-cruise':
      if (isProbeDue(state, event.now)) enterRefill(state)
      break
    case 'probe-bw-refill':
      // One full round at the measured rate, so that what follows shows the effect of probing alone.
      if (state.roundStart && state.round > state.upStartedRound) enterUp(state)
      break
    case 'probe-bw-up':
      if (congested) onProbedTooHigh(state, event)
      else probeUp(state, event)
      break
    default:
  }
}

function isProbeDue(state: BbrState, now: number): boolean {
  const rounds = Math.min(MAX_PROBE_ROUNDS, bandwidthDelay(state, bandwidth(state), 1) / state.datagramSize)
  return now > state.cycleStartedAt + state.probeWaitMs || state.roundsSinceProbe > Math.max(rounds, 8)
}

/** At least a round trip of gentle sending: what it loses shows what the path loses at random. */
function hasDrained(state: BbrState, bytesInFlight: number): boolean {
  if (state.roundsSinceProbe < 2) return false
  if (bytesInFlight > inflightWithHeadroom(state)) return false
  return bytesInFlight <= bandwidthDelay(state, state.maxBandwidth.value, 1)
}

function probeUp(state: BbrState, event: CongestionEvent): void {
  raiseCeiling(state, event)
  if (state.roundStart) checkPlateau(state)
  const rounds = state.round - state.upStartedRound
  const target = bandwidthDelay(state, state.maxBandwidth.value, state.pacingGain)
  const full = rounds >= 1 && state.fullBandwidthRounds >= 1 && event.bytesInFlight >= target
  const queueMs = event.latestRttMs - state.minRttMs
  const disturbs = state.latencySensitive && queueMs > GENTLE_QUEUE_MS
  if (full || disturbs || state.fullBandwidthRounds >= FULL_BANDWIDTH_ROUNDS) enterDown(state, event.now)
}

/** Probing goes on as long as it finds more: on a free path, and where other flows give way. */
function checkPlateau(state: BbrState): void {
  if (state.priorRoundBandwidth >= state.fullBandwidth * PROBE_GROWTH) {
    state.fullBandwidth = state.priorRoundBandwidth
    state.fullBandwidthRounds = 0
    return
  }
  state.fullBandwidthRounds++
}

/** Lets more in flight, one packet a round at first, doubling each round, while the ceiling is what limits. */
function raiseCeiling(state: BbrState, event: CongestionEvent): void {
  if (state.inflightCeiling === Number.POSITIVE_INFINITY) return
  if (event.priorInFlight + 3 * state.datagramSize < Math.min(state.windowBytes, state.inflightCeiling))
    return
  if (state.roundStart) state.upRounds = Math.min(state.upRounds + 1, 30)
  const bytesPerPacket = Math.max(state.windowBytes / 2 ** state.upRounds, state.datagramSize)
  state.upAcked += event.ackedBytes
  if (state.upAcked < bytesPerPacket) return
  const packets = Math.floor(state.upAcked / bytesPerPacket)
  state.upAcked -= packets * bytesPerPacket
  state.inflightCeiling += packets * state.datagramSize
}

function onProbedTooHigh(state: BbrState, event: CongestionEvent): void {
  remember(state)
  const held = event.sample?.inFlightAtSend ?? event.priorInFlight
  if (!event.sample?.appLimited) {
    const target = bandwidthDelay(state, bandwidth(state), 1)
    state.inflightCeiling = Math.max(held * (1 - 0.02), BETA * Math.min(target, state.windowBytes))
  }
  enterDown(state, event.now)
}
