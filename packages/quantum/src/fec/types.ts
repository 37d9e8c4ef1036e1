/** Forward error correction as the connection uses it: repetition for thin flows, block codes for thicker ones and tails. */
import type { LossEstimate } from '../recovery/types.ts'

/** How the newest frame of a thin stream is to be repeated. */
export interface RepetitionPlan {
  /** Packets of the same flow that shall carry this frame again when they leave anyway. */
  repeatInNext: number
  /** Delays after the first sending at which a packet of its own repeats the frame; empty when none. */
  copiesAfterMs: readonly number[]
}

/** Decides how much repetition a thin stream gets. Budgets are kept inside. */
export interface ThinFlowPolicy {
  /** A frame of `bytes` of a latency-sensitive stream leaves for the first time. */
  onFrame(now: number, streamId: number, bytes: number): RepetitionPlan
  /** Packet fates of the path, to judge it. */
  onLossEstimate(now: number, estimate: LossEstimate): void
  /** Repetitions really sent, charged to the flow's budget. */
  onRepeated(now: number, streamId: number, bytes: number): void
  forget(streamId: number): void
}

export interface FecOptions {
  /** Most repair bytes per source byte, 0…1. Default 0.2. */
  maxOverhead?: number
  /** Loss below which nothing is coded. Default 0.005. */
  minLoss?: number
}

/** Codes a receiver must know. XOR: one repair symbol. RS: Reed-Solomon over GF(2^8), systematic. */
export const XOR_CODE = 0
export const REED_SOLOMON_CODE = 1
export type CodeId = typeof XOR_CODE | typeof REED_SOLOMON_CODE

/** One repair symbol, as a FEC_REPAIR frame carries it. */
export interface RepairSymbol {
  code: CodeId
  /** Numbers of the packets it protects, ascending. */
  sources: readonly number[]
  /** Repair symbols of this block and which one this is. */
  repairCount: number
  repairIndex: number
  /** The symbol: 2 bytes of length and the payload of each source, zero-padded to the longest, coded. */
  data: Uint8Array
}

export interface RecoveredPacket {
  number: number
  payload: Uint8Array
}

export interface FecEncoder {
  /** Takes a packet's plaintext payload; the bytes are copied. Returns symbols that are ready to be sent, often none. */
  add(now: number, number: number, payload: Uint8Array): readonly RepairSymbol[]
  /** The flow pauses: protect the tail at once. */
  flush(now: number): readonly RepairSymbol[]
  /** When an open block must be flushed; Infinity when none is open. */
  deadline(): number
  onLossEstimate(now: number, estimate: LossEstimate): void
  /** The peer rebuilt packets: what shows whether coding pays. */
  onRecovered(packets: number): void
  /** False: the policy is off, payloads need not be handed in. */
  readonly active: boolean
}

export interface FecDecoder {
  /** A packet arrived. Returns packets that became computable with it. */
  add(number: number, payload: Uint8Array): readonly RecoveredPacket[]
  repair(symbol: RepairSymbol): readonly RecoveredPacket[]
  /** Whether the packet's payload is kept, arrived or rebuilt. */
  has(number: number): boolean
}
