import type { Hash, ReadRecord } from '../record.ts'
import { compareRecords, isKind, type Of, type RecordSet } from './record-set.ts'
import type { Reason } from './view.ts'

/** The keys of one author: the first one, and those that rotations led to. */
export interface AuthorKeys {
  /** A key in force has none; of a key given up, what counts of what it signed. */
  readonly past: ReadonlyMap<Hash, ReadonlySet<Hash> | undefined>
  readonly rotations: ReadonlySet<Hash>
}

/**
 * Follows the rotations from the first key on. Of several rotations of one key the earliest counts; the rotation itself is the
 * last record of the key it gives up (KEY-2, KEY-3).
 */
export function keysOf(set: RecordSet, author: Hash): AuthorKeys {
  const records = set.by(author)
  const past = new Map<Hash, ReadonlySet<Hash> | undefined>()
  const rotations = new Set<Hash>()
  let key = records.find(({ byFirstKey }) => byFirstKey)?.record.key
  while (key !== undefined && !past.has(key)) {
    const rotation = firstRotation(set, records, key)
    if (rotation) rotations.add(rotation.id)
    past.set(key, rotation && set.past(author, [rotation.id]))
    key = rotation?.record.newKey
  }
  return { past, rotations }
}

function firstRotation(set: RecordSet, records: readonly ReadRecord[], key: Hash): Of<'rotate'> | undefined {
  return records
    .filter((one) => isKind(one, 'rotate'))
    .filter((one) => one.record.key === key && set.isAfterItsCauses(one))
    .sort(compareRecords)[0]
}

/** Why the key of a record does not do. */
export function judgeKey({ past, rotations }: AuthorKeys, { id, record }: ReadRecord): Reason | undefined {
  if (!past.has(record.key)) return 'unknown_key'
  const allowed = past.get(record.key)
  if (allowed && !allowed.has(id)) return record.kind === 'rotate' ? 'superseded' : 'retired_key'
  return record.kind === 'rotate' && !rotations.has(id) ? 'superseded' : undefined
}
