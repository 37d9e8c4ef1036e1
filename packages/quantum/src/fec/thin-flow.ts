import type { LossEstimate } from '../recovery/types.ts'
import type { RepetitionPlan, ThinFlowPolicy } from './types.ts'

export interface ThinFlowOptions {
  /** Most repetition of one flow, bytes per second. */
  budget?: number
  /** The same on a path that proved clean. */
  cleanBudget?: number
}

const DEFAULT_BUDGET = 80_000
const DEFAULT_CLEAN_BUDGET = 5_000
/** Repetition saved up in quiet moments, milliseconds of the budget. */
const BUDGET_BURST_MS = 250
/** Copies follow one another so far that short bursts pass between, so near that nobody feels it. */
const ONE_COPY_MS = [4]
const TWO_COPIES_MS = [4, 8]
const THREE_COPIES_MS = [3, 6, 9]
const BURSTY_COPIES_MS = [3, 6]
/** A path is taken for lossy until this many packets showed otherwise … */
const UNPROVED_PACKETS = 400
const UNPROVED_LOSS = 0.05
/** … and for clean only below this loss. */
const CLEAN_LOSS = 0.001
/** Runs of losses from which on losses are not taken for independent. */
const BURSTY = 1.6
/** Bytes a packet of its own costs besides the frame: IP, UDP, header, tag. */
const PACKET_OVERHEAD = 64
const MAX_FLOWS = 1024

const NOTHING: RepetitionPlan = { repeatInNext: 0, copiesAfterMs: [] }

interface Flow {
  tokens: number
  filledAt: number
}

/**
 * A stream of small messages cannot wait for a block of packets to fill, nor for a round trip to show a loss: its messages are
 * repeated. How often follows from the loss measured: all copies of a message get lost rarely enough that what waits behind it
 * stays below one in a hundred.
 */
export function createThinFlowPolicy(options: ThinFlowOptions = {}): ThinFlowPolicy {
  return new AdaptiveRepetition(options.budget ?? DEFAULT_BUDGET, options.cleanBudget ?? DEFAULT_CLEAN_BUDGET)
}

class AdaptiveRepetition implements ThinFlowPolicy {
  readonly #budget: number
  readonly #cleanBudget: number
  readonly #flows = new Map<number, Flow>()
  #estimate: LossEstimate = { rate: 0, burst: 1, samples: 0 }

  constructor(budget: number, cleanBudget: number) {
    this.#budget = budget
    this.#cleanBudget = cleanBudget
  }

  onLossEstimate(_now: number, estimate: LossEstimate): void {
    this.#estimate = estimate
  }

  onFrame(now: number, streamId: number, bytes: number): RepetitionPlan {
    const loss = this.#believedLoss()
    const wanted = loss < CLEAN_LOSS ? NOTHING : planFor(loss, this.#estimate.burst)
    const flow = this.#refill(streamId, now, loss < CLEAN_LOSS ? this.#cleanBudget : this.#budget)
    return affordable(wanted, bytes, flow.tokens)
  }

  onRepeated(_now: number, streamId: number, bytes: number): void {
    const flow = this.#flows.get(streamId)
    if (flow) flow.tokens -= bytes
  }

  forget(streamId: number): void {
    this.#flows.delete(streamId)
  }

  /** The loss to be ready for: what was measured, or more while little was measured. */
  #believedLoss(): number {
    const { rate, samples } = this.#estimate
    if (samples < UNPROVED_PACKETS) return Math.max(rate, UNPROVED_LOSS)
    return Math.max(rate, Math.min(0.99 / samples, 2 * CLEAN_LOSS))
  }

  #refill(streamId: number, now: number, bytesPerSecond: number): Flow {
    const most = (bytesPerSecond * BUDGET_BURST_MS) / 1000
    let flow = this.#flows.get(streamId)
    if (!flow) {
      if (this.#flows.size >= MAX_FLOWS) this.#flows.delete(this.#flows.keys().next().value!)
      flow = { tokens: most, filledAt: now }
      this.#flows.set(streamId, flow)
    }
    flow.tokens = Math.min(most, flow.tokens + (Math.max(0, now - flow.filledAt) * bytesPerSecond) / 1000)
    flow.filledAt = now
    return flow
  }
}

/**
 * Against independent loss: copies until all of them get lost less than once in 400. Against bursts, which swallow copies too,
 * deeper repetition: the first packet after the burst brings all it swallowed.
 */
function planFor(loss: number, burst: number): RepetitionPlan {
  if (burst > BURSTY) return { repeatInNext: 4, copiesAfterMs: BURSTY_COPIES_MS }
  if (loss < 0.02) return { repeatInNext: 1, copiesAfterMs: ONE_COPY_MS }
  if (loss < 0.12) return { repeatInNext: 2, copiesAfterMs: TWO_COPIES_MS }
  return { repeatInNext: 2, copiesAfterMs: THREE_COPIES_MS }
}

/** Cuts a plan to what the budget allows: first the copies are kept, they help soonest. */
function affordable(plan: RepetitionPlan, bytes: number, tokens: number): RepetitionPlan {
  const copies = Math.min(
    plan.copiesAfterMs.length,
    Math.max(0, Math.floor(tokens / (bytes + PACKET_OVERHEAD))),
  )
  const left = tokens - copies * (bytes + PACKET_OVERHEAD)
  const repeatInNext = Math.min(plan.repeatInNext, Math.max(0, Math.floor(left / bytes)))
  if (copies === plan.copiesAfterMs.length && repeatInNext === plan.repeatInNext) return plan
  return { repeatInNext, copiesAfterMs: plan.copiesAfterMs.slice(0, copies) }
}
