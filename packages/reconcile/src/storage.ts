import type { Bound } from './item.ts'

/** What reconciliation asks of a set of items sorted by timestamp, then id. Indexes count items from 0. */
export interface ReconcileStorage {
  readonly size: number
  timestampAt(index: number): number
  /** The 32 bytes of an id: a view that the next change of the storage may alter. */
  idAt(index: number): Uint8Array
  /** The first index, not below `from`, of an item at or after `bound`. */
  lowerBound(bound: Bound, from: number): number
  /** 16 bytes over the items `from` to `to` (FP-1). */
  fingerprint(from: number, to: number): Uint8Array
  /** Copies the ids of the items `from` to `to` to `target` at `offset`, 32 bytes each. */
  copyIds(from: number, to: number, target: Uint8Array, offset: number): void
}
