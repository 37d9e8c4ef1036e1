import { QuantumError } from '../errors.ts'
import { RangeSet } from './range-set.ts'

/** Stream ids: bit 0 who opened it (1: the server), bit 1 unidirectional, bits 2–3 kind, the rest counts (SPEC STR-1). */
export const makeId = (index: number, kind: number, unidirectional: boolean, server: boolean): number =>
  index * 16 + kind * 4 + (unidirectional ? 2 : 0) + (server ? 1 : 0)

export const isServerId = (id: number): boolean => id % 2 === 1
export const isUnidirectional = (id: number): boolean => (id & 2) > 0
export const indexOf = (id: number): number => Math.floor(id / 16)

/** Streams of one direction that we open: how many the peer lets us. */
export class OpenCount {
  opened = 0
  limit = 0
}

/** Streams of one direction that the peer opens: which ids it has used, and how many it may. */
export class AcceptCount {
  readonly #used = new RangeSet()
  readonly #most: number
  #closed = 0
  limit: number

  constructor(most: number) {
    this.#most = most
    this.limit = most
  }

  /** True when `id` is new; false when the stream with this index was there before. */
  accept(id: number): boolean {
    const index = indexOf(id)
    if (index >= this.limit) throw new QuantumError('quantum.flow_control', 'Too many streams were opened.')
    return this.#used.add(index, index + 1) > 0
  }

  onClosed(): void {
    this.#closed++
  }

  /** A new limit worth telling the peer, or 0. */
  nextLimit(): number {
    const next = this.#closed + this.#most
    if (next - this.limit < Math.max(1, this.#most / 4)) return 0
    this.limit = next
    return next
  }
}
