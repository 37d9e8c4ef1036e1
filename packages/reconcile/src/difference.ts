import { ID_BYTES } from './item.ts'

/** An id as a key of a Map: the engine's own hashing withstands ids that were chosen to collide. */
export function keyOf(id: Uint8Array): string {
  return String.fromCharCode(...id)
}

/**
 * Tells which of two runs of ids holds what the other lacks. Both have the same order, so what they share at both ends is
 * passed over; the rest, mostly a few ids, goes through a Map, for a peer may send any order.
 */
export function compareRuns(
  ours: Uint8Array,
  theirs: Uint8Array,
  onHave: (id: Uint8Array) => void,
  onNeed: (id: Uint8Array) => void,
): void {
  let start = 0
  const shorter = Math.min(ours.length, theirs.length)
  while (start < shorter && same(ours, start, theirs, start)) start += ID_BYTES
  let [ourEnd, theirEnd] = [ours.length, theirs.length]
  while (ourEnd > start && theirEnd > start && same(ours, ourEnd - ID_BYTES, theirs, theirEnd - ID_BYTES)) {
    ourEnd -= ID_BYTES
    theirEnd -= ID_BYTES
  }
  const listed = new Map<string, Uint8Array>()
  for (const id of idsOf(theirs, start, theirEnd)) listed.set(keyOf(id), id)
  for (const id of idsOf(ours, start, ourEnd)) if (!listed.delete(keyOf(id))) onHave(id)
  for (const id of listed.values()) onNeed(id)
}

function* idsOf(run: Uint8Array, start: number, end: number): Generator<Uint8Array> {
  for (let at = start; at < end; at += ID_BYTES) yield run.subarray(at, at + ID_BYTES)
}

function same(a: Uint8Array, at: number, b: Uint8Array, from: number): boolean {
  for (let byte = 0; byte < ID_BYTES; byte++) if (a[at + byte] !== b[from + byte]) return false
  return true
}
