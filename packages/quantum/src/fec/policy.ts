import type { LossEstimate } from '../recovery/types.ts'
import { type CodeId, type FecOptions, REED_SOLOMON_CODE, XOR_CODE } from './types.ts'

/** How packets are to be coded now. */
export interface CodePlan {
  code: CodeId
  /** Source packets of a block, or of the sliding window. */
  sources: number
  /** Repair symbols of a block; of a sliding window always one. */
  repairs: number
  /** Source packets between two repair symbols of a sliding window. */
  step: number
  /** Blocks filled in turn, so that a burst hits each of them once. */
  lanes: number
}

const DEFAULT_MAX_OVERHEAD = 0.2
const DEFAULT_MIN_LOSS = 0.005
const ENOUGH_SAMPLES = 200
const MAX_LANES = 8
/** Below this loss one sum over few packets is enough. */
const XOR_LOSS = 0.03
const BLOCK_SOURCES = 10
/** Repair symbols after which it is asked whether they paid. */
const TRIAL_SYMBOLS = 200
/** Least share of repair symbols that must have rebuilt a packet. */
const PAYS = 0.03
/** Pause after a trial that did not pay, milliseconds. */
const PAUSE_MS = 30_000

/** Decides whether and how to code: by loss, burstiness, the budget, and whether it has helped so far. */
export class CodePolicy {
  readonly maxOverhead: number
  readonly #minLoss: number
  #plan: CodePlan | undefined
  #sourceBytes = 0
  #repairBytes = 0
  #trialSymbols = 0
  #trialRecovered = 0
  #pausedUntil = Number.NEGATIVE_INFINITY

  constructor(options: FecOptions) {
    this.maxOverhead = options.maxOverhead ?? DEFAULT_MAX_OVERHEAD
    this.#minLoss = options.minLoss ?? DEFAULT_MIN_LOSS
  }

  /** Undefined while coding is off. */
  get plan(): CodePlan | undefined {
    return this.#plan
  }

  onLossEstimate(now: number, { rate, burst, samples }: LossEstimate): void {
    const off = samples < ENOUGH_SAMPLES || rate < this.#minLoss || now < this.#pausedUntil
    this.#plan = off || this.maxOverhead <= 0 ? undefined : this.#choose(rate, burst)
  }

  #choose(rate: number, burst: number): CodePlan {
    const lanes = Math.min(MAX_LANES, Math.max(1, Math.round(burst)))
    const step = Math.ceil(1 / this.maxOverhead)
    if (rate < XOR_LOSS) return { code: XOR_CODE, sources: 2 * step, repairs: 1, step, lanes }
    const sources = Math.max(BLOCK_SOURCES, step)
    const wanted = Math.ceil(sources * (rate + 2 * Math.sqrt((rate * (1 - rate)) / sources)))
    const repairs = Math.max(1, Math.min(wanted, Math.floor(sources * this.maxOverhead)))
    return { code: REED_SOLOMON_CODE, sources, repairs, step: sources, lanes }
  }

  onSource(bytes: number): void {
    this.#sourceBytes += bytes
    // Bytes of long ago earn no budget: the share must hold over any stretch.
    if (this.#sourceBytes > 4_000_000) {
      this.#sourceBytes /= 2
      this.#repairBytes /= 2
    }
  }

  /** How many repair symbols of this size the overhead still allows. */
  affordable(bytes: number): number {
    return Math.floor((this.#sourceBytes * this.maxOverhead - this.#repairBytes) / bytes)
  }

  onRepair(now: number, bytes: number): void {
    this.#repairBytes += bytes
    this.#trialSymbols++
    if (this.#trialSymbols < TRIAL_SYMBOLS) return
    if (this.#trialRecovered < PAYS * this.#trialSymbols) {
      this.#pausedUntil = now + PAUSE_MS
      this.#plan = undefined
    }
    this.#trialSymbols = 0
    this.#trialRecovered = 0
  }

  onRecovered(packets: number): void {
    this.#trialRecovered += packets
  }
}
