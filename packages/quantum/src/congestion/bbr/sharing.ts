import type { CongestionEvent } from '../controller.ts'
import { type BbrState, bandwidth } from './state.ts'

/** A round whose shortest RTT was longer than this share, or these milliseconds, over the minimum sees a queue … */
const QUEUE_SHARE = 0.05
const QUEUE_MS = 1
/** … and a long one from here on; shorter ones come of processes that are late. */
const LONG_SHARE = 0.125
const LONG_MS = 5
/** What is given up in a round while a queue stands, and at most in a cycle. */
const YIELD = 0.98
const LEAST_KEPT = 0.75
/** Sending so much slower empties what queue is the flow's own … */
const DRAINING_GAIN = 0.95
/** Beside messages, which wait in it: sooner. */
const GENTLE_DRAINING_GAIN = 0.9
/** … within a few rounds; a queue that stands longer is common. */
const OWN_ROUNDS = 3
/** A queue this much shorter than a round before is on its way out. */
const FALLING = 0.9
/** Rounds that a queue may stand in spite of it; then others fill it who would take what is given up. */
const PATIENCE_ROUNDS = 20

/**
 * The largest of many samples is a little too large, and several flows that each found room find too much together: while a queue
 * stands, a cruising flow gives up some of its rate. All who do so give up the same part, and win the same amount by probing
 * ({@link learnShare}): that makes their rates equal. Flows that like queues would take it all; they show by the queue that never
 * goes.
 */
export function yieldToQueue(state: BbrState, event: CongestionEvent): void {
  const rttMs = event.sample?.rttMs ?? 0
  if (rttMs > 0) state.roundMinRttMs = Math.min(state.roundMinRttMs, rttMs)
  if (!state.roundStart || state.roundMinRttMs === Number.POSITIVE_INFINITY) return
  const queueMs = Math.max(0, state.roundMinRttMs - state.minRttMs)
  state.roundMinRttMs = Number.POSITIVE_INFINITY
  const falls = queueMs < FALLING * state.queueMs
  state.queueMs = queueMs
  const stands = queueMs > Math.max(QUEUE_MS, QUEUE_SHARE * state.minRttMs)
  if (!stands) state.emptyRound = state.round
  if (state.phase !== 'probe-bw-cruise') return
  state.pacingGain = stands && !isContested(state) ? drainingGain(state) : 1
  const long = queueMs > Math.max(LONG_MS, LONG_SHARE * state.minRttMs)
  state.standingRounds = long && !falls ? state.standingRounds + 1 : 0
  if (state.standingRounds <= OWN_ROUNDS || isContested(state)) return
  const rate = bandwidth(state)
  const delivered = Math.min(rate, Math.max(state.priorRoundBandwidth, YIELD * rate))
  state.bandwidthBound = Math.max(LEAST_KEPT * state.maxBandwidth.value, YIELD * delivered)
}

const drainingGain = ({ latencySensitive }: BbrState): number =>
  latencySensitive ? GENTLE_DRAINING_GAIN : DRAINING_GAIN

/** Whether flows that like queues share the path. */
export const isContested = (state: BbrState): boolean => state.round - state.emptyRound > PATIENCE_ROUNDS

/** Window beyond the path's own: without it flows that like queues would squeeze this one out of a deep one. */
export const contestedWindow = (state: BbrState): number =>
  isContested(state) ? bandwidth(state) * state.queueMs : 0

/**
 * What a flow gets when it pushes tells its part of a full bottleneck: of g times its rate b against others at C − b it gets
 * C·g·b / (g·b + C − b). The share b/C follows from the part r of what it sent that arrived: (1 − r) / (r (g − 1)). On a path
 * with room r is 1 and the share 0: then, too, larger steps are right.
 */
export function learnShare(state: BbrState): void {
  const { from, gain, delivered } = state.push
  state.push.delivered = 0
  // Gentle steps, beside messages, are no larger than the noise.
  if (from === 0 || delivered === 0 || state.latencySensitive) return
  const part = Math.min(1, delivered / (gain * from))
  const seen = Math.min(1, (1 - part) / (part * (gain - 1)))
  state.share += (seen - state.share) / 2
}
