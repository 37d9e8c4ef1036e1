import type { LossEstimate } from '../recovery/types.ts'
import { type CodePlan, CodePolicy } from './policy.ts'
import { encodeRepair } from './reed-solomon.ts'
import { addSymbol, symbolLength, symbolOf } from './symbols.ts'
import { type FecEncoder, type FecOptions, REED_SOLOMON_CODE, type RepairSymbol, XOR_CODE } from './types.ts'

/** An open block waits no longer for its next packet; the tail of a flow is protected by then. */
const MAX_AGE_MS = 10

interface Source {
  number: number
  payload: Uint8Array
}

/** Sources of one block or window that wait to be coded. */
interface Lane {
  sources: Source[]
  /** Added since the lane's last repair symbol. */
  fresh: number
  openedAt: number
}

const NONE: readonly RepairSymbol[] = []

/** Codes packets in lanes taken in turn, as the policy says. */
export function createFecEncoder(options: FecOptions = {}): FecEncoder {
  return new LaneEncoder(new CodePolicy(options))
}

class LaneEncoder implements FecEncoder {
  readonly #policy: CodePolicy
  #lanes: Lane[] = []
  #turn = 0

  constructor(policy: CodePolicy) {
    this.#policy = policy
  }

  get active(): boolean {
    return this.#policy.plan !== undefined
  }

  onLossEstimate(now: number, estimate: LossEstimate): void {
    this.#policy.onLossEstimate(now, estimate)
  }

  onRecovered(packets: number): void {
    this.#policy.onRecovered(packets)
  }

  add(now: number, number: number, payload: Uint8Array): readonly RepairSymbol[] {
    this.#policy.onSource(payload.length)
    const { plan } = this.#policy
    if (!plan) {
      this.#lanes = []
      return NONE
    }
    const lane = this.#laneInTurn(plan, now)
    // Not slice(): of a Buffer that is a view, and the caller writes the next packet there.
    lane.sources.push({ number, payload: new Uint8Array(payload) })
    if (lane.fresh++ === 0) lane.openedAt = now
    return lane.fresh >= plan.step ? this.#close(lane, plan, now) : NONE
  }

  flush(now: number): readonly RepairSymbol[] {
    const { plan } = this.#policy
    if (!plan) return NONE
    return this.#lanes.flatMap((lane) => (lane.fresh > 0 ? this.#close(lane, plan, now) : []))
  }

  deadline(): number {
    let earliest = Number.POSITIVE_INFINITY
    for (const lane of this.#lanes)
      if (lane.fresh > 0) earliest = Math.min(earliest, lane.openedAt + MAX_AGE_MS)
    return earliest
  }

  #laneInTurn(plan: CodePlan, now: number): Lane {
    if (this.#lanes.length !== plan.lanes) {
      this.#lanes = Array.from({ length: plan.lanes }, () => ({ sources: [], fresh: 0, openedAt: now }))
    }
    this.#turn = (this.#turn + 1) % plan.lanes
    return this.#lanes[this.#turn]!
  }

  #close(lane: Lane, plan: CodePlan, now: number): readonly RepairSymbol[] {
    const slides = plan.code === XOR_CODE
    const sources = lane.sources.slice(-plan.sources)
    const length = Math.max(...sources.map(({ payload }) => symbolLength(payload.length)))
    const repairs = Math.min(slides ? 1 : plan.repairs, this.#policy.affordable(length))
    // A window slides: its newest packets are summed once more with those to come.
    lane.sources = slides ? sources.slice(-(plan.sources - plan.step) || sources.length) : []
    lane.fresh = 0
    if (repairs <= 0) return NONE
    for (let index = 0; index < repairs; index++) this.#policy.onRepair(now, length)
    return slides ? [sumOf(sources, length)] : blockOf(sources, length, repairs)
  }
}

function blockOf(sources: readonly Source[], length: number, repairs: number): RepairSymbol[] {
  const symbols = sources.map(({ payload }) => symbolOf(payload))
  const numbers = sources.map(({ number }) => number)
  return Array.from({ length: repairs }, (_, repairIndex) => ({
    code: REED_SOLOMON_CODE,
    sources: numbers,
    repairCount: repairs,
    repairIndex,
    data: encodeRepair(symbols, repairIndex, length),
  }))
}

function sumOf(sources: readonly Source[], length: number): RepairSymbol {
  const data = new Uint8Array(length)
  for (const { payload } of sources) addSymbol(data, payload)
  const numbers = sources.map(({ number }) => number)
  return { code: XOR_CODE, sources: numbers, repairCount: 1, repairIndex: 0, data }
}
