import { ReconcileError } from './errors.ts'

export const ID_BYTES = 32
/** The largest timestamp: one more is still exact in a float64, which a bound needs (WIRE-3). */
export const MAX_TIMESTAMP = Number.MAX_SAFE_INTEGER - 1
/** The timestamp of the bound after everything. */
export const INFINITE = Number.POSITIVE_INFINITY

/** A place between items: everything before it sorts below `timestamp`, then below `prefix` filled up with zeros. */
export interface Bound {
  readonly timestamp: number
  /** 0 to 32 bytes. */
  readonly prefix: Uint8Array
}

/** The items from one bound up to another, without that. */
export interface Range {
  readonly from: Bound
  readonly to: Bound
}

const NOTHING = new Uint8Array(0)
export const FIRST_BOUND: Bound = { timestamp: 0, prefix: NOTHING }
export const LAST_BOUND: Bound = { timestamp: INFINITE, prefix: NOTHING }

export function checkItem(timestamp: number, id: Uint8Array): void {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0 || timestamp > MAX_TIMESTAMP)
    throw new ReconcileError('reconcile.invalid_item', `${timestamp} is no timestamp.`)
  if (id.length !== ID_BYTES)
    throw new ReconcileError('reconcile.invalid_item', `An id has 32 bytes, not ${id.length}.`)
}

/** Compares the id that begins at `offset` with a prefix filled up with zeros; an id that begins so counts as 0 or more. */
export function compareToPrefix(ids: Uint8Array, offset: number, prefix: Uint8Array): number {
  for (let at = 0; at < prefix.length; at++) {
    const difference = ids[offset + at]! - prefix[at]!
    if (difference !== 0) return difference
  }
  return 0
}

/** The shortest bound above the item `before` and not above `item` (WIRE-4). */
export function boundBetween(before: Bound, item: Bound): Bound {
  if (before.timestamp !== item.timestamp) return { timestamp: item.timestamp, prefix: NOTHING }
  let shared = 0
  while (shared < ID_BYTES - 1 && before.prefix[shared] === item.prefix[shared]) shared++
  return { timestamp: item.timestamp, prefix: item.prefix.subarray(0, shared + 1) }
}

/** Whether `next` lies below `bound`: no honest peer sends such bounds (WIRE-5). */
export function isBefore(next: Bound, bound: Bound): boolean {
  if (next.timestamp !== bound.timestamp) return next.timestamp < bound.timestamp
  const length = Math.max(next.prefix.length, bound.prefix.length)
  for (let at = 0; at < length; at++) {
    const difference = (next.prefix[at] ?? 0) - (bound.prefix[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
