import type { CongestionEvent } from '../controller.ts'
import { remember } from './model.ts'
import { isContested, learnShare } from './sharing.ts'
import {
  type BbrState,
  BETA,
  bandwidth,
  bandwidthDelay,
  DOWN_PACING_GAIN,
  FULL_BANDWIDTH_ROUNDS,
  inflightWithHeadroom,
  resetBounds,
  UP_PACING_GAIN,
  WINDOW_GAIN,
} from './state.ts'

/** Between probes: 2 to 3 s, so that flows that share a bottleneck do not probe together … */
const PROBE_WAIT_MS = 2000
const PROBE_WAIT_SPREAD_MS = 1000
/** … but not rarer than Reno would grow by the same amount. */
const MAX_PROBE_ROUNDS = 63
/** Flows that like queues probe all the time. */
const CONTESTED_HURRY = 2
/** Beside messages: a smaller step, drained sooner. */
const GENTLE_STEP = 0.1
/** Queue that a round trip of it makes at most, milliseconds, while the least step allows. */
const GENTLE_PUSH_MS = 8
const LEAST_STEP = 0.05
const GENTLE_DOWN_GAIN = 0.8
/** Rounds after which Down has drained what this flow put in the queue; the rest is others'. */
const DRAINED_ROUNDS = 6
/** Of a smaller part of the bottleneck steps grow no more. */
const SMALLEST_SHARE = 0.4
/** A flow with more than this of the bottleneck has it for itself, about: one round of probing shows what there is. */
const ALONE = 0.7
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
  const hurry = isContested(state) ? CONTESTED_HURRY : 1
  state.probeWaitMs = (PROBE_WAIT_MS + PROBE_WAIT_SPREAD_MS * state.random()) / hurry
  state.maxBandwidth.advance()
  state.maxBandwidth.update(Math.min(state.latestBandwidth, state.maxBandwidth.value))
}

export function enterCruise(state: BbrState): void {
  state.phase = 'probe-bw-cruise'
  state.pacingGain = 1
  state.windowGain = WINDOW_GAIN
}

function enterRefill(state: BbrState): void {
  // What was given up belongs to others until probing shows otherwise.
  if (state.bandwidthBound < state.maxBandwidth.value) state.maxBandwidth.reset(state.bandwidthBound)
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
  const step = state.latencySensitive ? gentleStep(state) : UP_PACING_GAIN - 1
  state.pacingGain = 1 + step / Math.max(SMALLEST_SHARE, state.share)
  state.windowGain = 1 + state.pacingGain
  const room = bandwidthDelay(state, bandwidth(state), state.pacingGain * UP_PACING_GAIN)
  state.inflightCeiling = Math.max(state.inflightCeiling, room)
  state.upStartedRound = state.round
  state.push = { from: bandwidth(state), gain: state.pacingGain, delivered: 0 }
  state.fullBandwidth = bandwidth(state)
  state.fullBandwidthRounds = 0
}

/** The queue that a probe makes shows a round trip later: on long paths the step must be the smaller. */
const gentleStep = ({ minRttMs }: BbrState): number =>
  Math.min(GENTLE_STEP, Math.max(LEAST_STEP, GENTLE_PUSH_MS / minRttMs))

/** One step of the probing cycle. `congested`: the round that ended lost too much. */
export function updateProbeBandwidth(state: BbrState, event: CongestionEvent, congested: boolean): void {
  switch (state.phase) {
    case 'probe-bw-down':
      if (state.roundStart && state.roundsSinceProbe === 2) learnShare(state)
      if (isProbeDue(state, event.now)) enterRefill(state)
      else if (hasDrained(state, event.bytesInFlight)) enterCruise(state)
      break
    case 'probe-bw-cruise':
      if (isProbeDue(state, event.now)) enterRefill(state)
      break
    case 'probe-bw-refill':
      // One full round at the measured rate, so that what follows shows the effect of probing alone.
      if (state.roundStart && state.round > state.upStartedRound) enterUp(state)
      break
    case 'probe-bw-up':
      if (congested) {
        remember(state)
        lowerCeiling(state, event)
        enterDown(state, event.now)
      } else probeUp(state, event)
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
  if (state.roundsSinceProbe > DRAINED_ROUNDS) return true
  if (bytesInFlight > inflightWithHeadroom(state)) return false
  return bytesInFlight <= bandwidthDelay(state, state.maxBandwidth.value, 1)
}

function probeUp(state: BbrState, event: CongestionEvent): void {
  raiseCeiling(state, event)
  const rounds = state.round - state.upStartedRound
  if (state.roundStart && rounds >= 2) checkPlateau(state)
  const target = bandwidthDelay(state, state.maxBandwidth.value, state.pacingGain)
  const judged = state.share > ALONE ? rounds >= 1 : state.fullBandwidthRounds >= 1
  const full = judged && event.bytesInFlight >= target
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

/** Whether what is found lost now was sent while probing: the probe's answer, not the path's. */
export const isAftermath = (state: BbrState): boolean =>
  state.phase === 'probe-bw-down' && state.roundsSinceProbe <= 2

/** The probe lost too much: remembers what the path held, and is content with less. */
export function lowerCeiling(state: BbrState, event: CongestionEvent): void {
  if (event.sample?.appLimited) return
  const held = event.sample?.inFlightAtSend ?? event.priorInFlight
  const target = bandwidthDelay(state, bandwidth(state), 1)
  state.inflightCeiling = Math.max(held * (1 - 0.02), BETA * Math.min(target, state.windowBytes))
}
