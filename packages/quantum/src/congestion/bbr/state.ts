import type { PathMemory } from '../controller.ts'
import { WindowedMax } from '../max-filter.ts'
import { LossDiscriminator } from './loss-discriminator.ts'

/** BBR version 3 (draft-ietf-ccwg-bbr-05). Gains have no unit, times are milliseconds, rates bytes per millisecond. */
export const STARTUP_PACING_GAIN = 2.77
export const STARTUP_WINDOW_GAIN = 2
export const DRAIN_PACING_GAIN = 0.5
export const WINDOW_GAIN = 2
export const PROBE_RTT_WINDOW_GAIN = 0.5
export const DOWN_PACING_GAIN = 0.9
export const UP_PACING_GAIN = 1.25
/** Share of a round's packets lost to congestion beyond which the path is taken to be full. */
export const LOSS_THRESHOLD = 0.02
export const BETA = 0.7
export const HEADROOM = 0.15
export const FULL_BANDWIDTH_GROWTH = 1.25
export const FULL_BANDWIDTH_ROUNDS = 3
export const MIN_RTT_WINDOW_MS = 10_000
export const PROBE_RTT_INTERVAL_MS = 5_000
export const PROBE_RTT_MS = 200
/** Sends a little slower than the path was measured to be, so that queues drain. */
export const PACING_MARGIN = 0.01
export const MIN_WINDOW_PACKETS = 4
export const INITIAL_WINDOW_PACKETS = 32
/** On a longer path the first window is what one of this RTT would carry in the time, up to so many times as much. */
const INITIAL_WINDOW_RTT_MS = 40
const INITIAL_WINDOW_GROWTH = 5
const EXTRA_ACKED_ROUNDS = 10
/** A process answers no sooner than its event loop turns and its timers tick; a window for less would starve on a short path. */
const LEAST_PATH_MS = 3

export type BbrPhase =
  | 'startup'
  | 'drain'
  | 'probe-bw-down'
  | 'probe-bw-cruise'
  | 'probe-bw-refill'
  | 'probe-bw-up'
  | 'probe-rtt'

/** Everything BBR knows; the phases are functions over it. */
export interface BbrState {
  phase: BbrPhase
  pacingGain: number
  windowGain: number
  datagramSize: number
  random: () => number
  latencySensitive: boolean
  /** Messages are all that is sent, and they leave room in the window: it shall not run full while some get lost. */
  isThin: boolean
  // Rounds
  round: number
  roundStart: boolean
  nextRoundDelivered: number
  /** Totals when the round began. */
  since: { at: number; sentAt: number; delivered: number; lost: number }
  // Bandwidth
  maxBandwidth: WindowedMax
  /** Bounds learnt from congestive loss; Infinity while there are none. */
  bandwidthBound: number
  inflightBound: number
  /** Most the path held without congestive loss. */
  inflightCeiling: number
  latestBandwidth: number
  latestInflight: number
  /** Largest sample of the round trip before. */
  priorRoundBandwidth: number
  roundMinRttMs: number
  /** Shortest queueing delay of the latest round. */
  queueMs: number
  /** Rounds in Cruise that the queue has stood for. */
  standingRounds: number
  /** The latest round that saw no queue. */
  emptyRound: number
  pathMemory: PathMemory | undefined
  // RTT
  minRttMs: number
  minRttAt: number
  probeRttMinMs: number
  probeRttMinAt: number
  probeRttDoneAt: number
  probeRttRoundDone: boolean
  // Startup
  fullBandwidth: number
  fullBandwidthRounds: number
  fullBandwidthReached: boolean
  // Bandwidth probing
  cycleStartedAt: number
  probeWaitMs: number
  roundsSinceProbe: number
  upRounds: number
  upAcked: number
  upStartedRound: number
  /** The latest probe: rate that it set out from, gain, and the most that was delivered of what it sent. */
  push: { from: number; gain: number; delivered: number }
  /** This flow's part of the bottleneck as the last probe showed it, 0…1. */
  share: number
  // Aggregation of acknowledgements
  extraAcked: WindowedMax
  extraAckedSince: number
  extraAckedBytes: number
  // Loss
  discriminator: LossDiscriminator
  // Output
  windowBytes: number
  priorWindowBytes: number
  pacingRate: number
  idleRestart: boolean
  /** Before the latest response to loss, for undoing it. */
  undo: { bandwidthBound: number; inflightBound: number; inflightCeiling: number } | undefined
}

export function initialState(datagramSize: number, now: number, random: () => number): BbrState {
  return {
    phase: 'startup',
    pacingGain: STARTUP_PACING_GAIN,
    windowGain: STARTUP_WINDOW_GAIN,
    datagramSize,
    random,
    latencySensitive: false,
    isThin: false,
    round: 0,
    roundStart: false,
    nextRoundDelivered: 0,
    since: { at: now, sentAt: now, delivered: 0, lost: 0 },
    maxBandwidth: new WindowedMax(2),
    bandwidthBound: Number.POSITIVE_INFINITY,
    inflightBound: Number.POSITIVE_INFINITY,
    inflightCeiling: Number.POSITIVE_INFINITY,
    latestBandwidth: 0,
    latestInflight: 0,
    priorRoundBandwidth: 0,
    roundMinRttMs: Number.POSITIVE_INFINITY,
    queueMs: 0,
    standingRounds: 0,
    emptyRound: 0,
    pathMemory: undefined,
    minRttMs: Number.POSITIVE_INFINITY,
    minRttAt: now,
    probeRttMinMs: Number.POSITIVE_INFINITY,
    probeRttMinAt: now,
    probeRttDoneAt: 0,
    probeRttRoundDone: false,
    fullBandwidth: 0,
    fullBandwidthRounds: 0,
    fullBandwidthReached: false,
    cycleStartedAt: now,
    probeWaitMs: 0,
    roundsSinceProbe: 0,
    upRounds: 0,
    upAcked: 0,
    upStartedRound: 0,
    push: { from: 0, gain: UP_PACING_GAIN, delivered: 0 },
    share: 1,
    extraAcked: new WindowedMax(EXTRA_ACKED_ROUNDS),
    extraAckedSince: now,
    extraAckedBytes: 0,
    discriminator: new LossDiscriminator(datagramSize),
    windowBytes: INITIAL_WINDOW_PACKETS * datagramSize,
    priorWindowBytes: 0,
    pacingRate: (STARTUP_PACING_GAIN * INITIAL_WINDOW_PACKETS * datagramSize) / 333,
    idleRestart: false,
    undo: undefined,
  }
}

/** What may be in flight before anything was delivered: as much a second on long paths as on short ones. Bytes. */
export function initialWindow(state: BbrState): number {
  const rttMs = Number.isFinite(state.minRttMs) ? state.minRttMs : 0
  const longer = Math.min(INITIAL_WINDOW_GROWTH, Math.max(1, rttMs / INITIAL_WINDOW_RTT_MS))
  return longer * INITIAL_WINDOW_PACKETS * state.datagramSize
}

/** What BBR sends at: the most measured, unless congestion taught a bound. */
export function bandwidth(state: BbrState): number {
  return Math.min(state.maxBandwidth.value, state.bandwidthBound)
}

/** Bytes in flight that fill the path `gain` times over at `rate`. */
export function bandwidthDelay(state: BbrState, rate: number, gain: number): number {
  if (state.minRttMs === Number.POSITIVE_INFINITY) return initialWindow(state)
  return gain * rate * Math.max(state.minRttMs, LEAST_PATH_MS)
}

/** The ceiling less headroom for others. */
export function inflightWithHeadroom(state: BbrState): number {
  if (state.inflightCeiling === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  const headroom = Math.max(state.datagramSize, HEADROOM * state.inflightCeiling)
  return Math.max(MIN_WINDOW_PACKETS * state.datagramSize, state.inflightCeiling - headroom)
}

export function resetBounds(state: BbrState): void {
  state.bandwidthBound = Number.POSITIVE_INFINITY
  state.inflightBound = Number.POSITIVE_INFINITY
}
