import type {
  CongestionController,
  CongestionEvent,
  CongestionSnapshot,
  ControllerFactory,
  ControllerOptions,
  PathMemory,
  SentState,
} from '../controller.ts'
import { GENTLE, PUSHING, STEADY } from './loss-discriminator.ts'
import {
  judgeRound,
  lowerBounds,
  updateBandwidth,
  updateExtraAcked,
  updateMinRtt,
  updateRound,
} from './model.ts'
import { enterCruise, enterDown, isAftermath, lowerCeiling, updateProbeBandwidth } from './probe-bw.ts'
import { enterProbeRtt, updateProbeRtt } from './probe-rtt.ts'
import { contestedWindow, isContested, yieldToQueue } from './sharing.ts'
import { updateDrain, updateStartup } from './startup.ts'
import {
  type BbrState,
  bandwidth,
  bandwidthDelay,
  inflightWithHeadroom,
  initialState,
  initialWindow,
  MIN_WINDOW_PACKETS,
  PACING_MARGIN,
  PROBE_RTT_WINDOW_GAIN,
  resetBounds,
} from './state.ts'

/** BBR (draft-ietf-ccwg-bbr-05) that holds no random loss against the path; see {@link LossDiscriminator}. */
export const bbr: ControllerFactory = (options) => new Bbr(options)

class Bbr implements CongestionController {
  readonly name = 'bbr'
  readonly #state: BbrState

  constructor({ datagramSize, now, random, pathMemory }: ControllerOptions) {
    this.#state = initialState(datagramSize, now, random)
    this.#state.pathMemory = pathMemory
  }

  onPacketSent(_now: number, packet: SentState): void {
    const { pacingGain, phase } = this.#state
    if (pacingGain < 1 || phase === 'probe-rtt' || packet.appLimited) packet.phase = GENTLE
    else packet.phase = pacingGain > 1 && phase !== 'startup' ? PUSHING : STEADY
  }

  onEvent(event: CongestionEvent): void {
    const state = this.#state
    updateRound(state, event)
    if (event.sample) state.isThin = state.latencySensitive && event.sample.appLimited
    if (event.minRttMs > 0) state.discriminator.onEvent(event, Math.min(state.minRttMs, event.minRttMs))
    updateBandwidth(state, event)
    updateExtraAcked(state, event)
    const unmeasured = state.minRttMs === Number.POSITIVE_INFINITY
    const probeRttDue = updateMinRtt(state, event)
    if (unmeasured) state.windowBytes = Math.max(state.windowBytes, initialWindow(state))
    const congested = state.roundStart && judgeRound(state)
    yieldToQueue(state, event)
    this.#step(event, congested, probeRttDue)
    if (event.ackedBytes > 0) state.idleRestart = false
    this.#setPacing(event)
    this.#setWindow(event)
  }

  #step(event: CongestionEvent, congested: boolean, probeRttDue: boolean): void {
    const state = this.#state
    const probing = state.phase === 'probe-bw-up' || state.phase === 'startup'
    if (congested && isAftermath(state)) lowerCeiling(state, event)
    else if (congested && !probing && state.phase !== 'probe-rtt') lowerBounds(state)
    if (state.phase === 'startup') updateStartup(state, event, congested)
    if (state.phase === 'drain') {
      if (updateDrain(state, event)) enterDown(state, event.now)
    } else if (state.phase !== 'startup') updateProbeBandwidth(state, event, congested)
    if (state.phase === 'probe-rtt') {
      if (updateProbeRtt(state, event)) this.#leaveProbeRtt(event)
    } else if (probeRttDue && !state.idleRestart && state.fullBandwidthReached) {
      state.priorWindowBytes = state.windowBytes
      enterProbeRtt(state)
    }
  }

  #leaveProbeRtt(event: CongestionEvent): void {
    resetBounds(this.#state)
    enterDown(this.#state, event.now)
    enterCruise(this.#state)
    this.#state.windowBytes = Math.max(this.#state.windowBytes, this.#state.priorWindowBytes)
  }

  #setPacing(event: CongestionEvent): void {
    const state = this.#state
    // The handshake says how long the path is, not what it carries: no slower than the first window in a round trip.
    const least = state.fullBandwidthReached && !state.isThin ? 0 : initialWindow(state) / event.smoothedRttMs
    const rate = Math.max(bandwidth(state), event.smoothedRttMs > 0 ? least : 0)
    if (rate === 0) return
    const paced = state.pacingGain * rate * (1 - PACING_MARGIN)
    if (state.fullBandwidthReached || paced > state.pacingRate) state.pacingRate = paced
  }

  #setWindow(event: CongestionEvent): void {
    const state = this.#state
    const least = MIN_WINDOW_PACKETS * state.datagramSize
    const product = bandwidthDelay(state, bandwidth(state), state.windowGain)
    const thin = state.isThin ? initialWindow(state) : 0
    const target = Math.max(product + contestedWindow(state) + state.extraAcked.value, least, thin)
    if (state.fullBandwidthReached) state.windowBytes = Math.min(state.windowBytes + event.ackedBytes, target)
    else if (state.windowBytes < target || event.totalDelivered < initialWindow(state))
      state.windowBytes += event.ackedBytes
    let most = Math.min(Number.POSITIVE_INFINITY, state.inflightBound)
    if ((state.phase === 'probe-bw-cruise' && !isContested(state)) || state.phase === 'probe-rtt')
      most = Math.min(most, inflightWithHeadroom(state))
    else if (state.phase !== 'startup') most = Math.min(most, state.inflightCeiling)
    if (state.phase === 'probe-rtt')
      most = Math.min(most, bandwidthDelay(state, bandwidth(state), PROBE_RTT_WINDOW_GAIN))
    state.windowBytes = Math.max(least, Math.min(state.windowBytes, Math.max(most, thin)))
  }

  onSpuriousLoss(): void {
    const { undo } = this.#state
    if (!undo) return
    Object.assign(this.#state, undo)
    this.#state.undo = undefined
  }

  onPersistentCongestion(): void {
    const state = this.#state
    // The window opens again with every acknowledgement.
    state.windowBytes = MIN_WINDOW_PACKETS * state.datagramSize
  }

  onRestart(_now: number, appLimited: boolean): void {
    const state = this.#state
    if (!appLimited) return
    state.idleRestart = true
    state.extraAckedSince = _now
    state.extraAckedBytes = 0
  }

  setDatagramSize(bytes: number): void {
    const state = this.#state
    if (state.round === 0) state.windowBytes = (state.windowBytes / state.datagramSize) * bytes
    state.datagramSize = bytes
    state.discriminator.setDatagramSize(bytes)
  }

  setLatencySensitive(sensitive: boolean): void {
    this.#state.latencySensitive = sensitive
  }

  windowBytes(): number {
    return this.#state.windowBytes
  }

  pacingRate(): number {
    return this.#state.pacingRate
  }

  snapshot(): CongestionSnapshot {
    const state = this.#state
    return {
      controller: this.name,
      phase: state.phase,
      windowBytes: state.windowBytes,
      pacingRate: state.pacingRate * 1000,
      bandwidth: bandwidth(state) * 1000,
      randomLoss: state.discriminator.randomLoss,
    }
  }

  pathMemory(): PathMemory | undefined {
    const state = this.#state
    if (!state.fullBandwidthReached || state.minRttMs === Number.POSITIVE_INFINITY) return undefined
    return { bandwidth: bandwidth(state), minRttMs: state.minRttMs }
  }
}
