import type { Hash, ReadRecord } from '../record.ts'
import type { Authority } from './authority.ts'
import { compareRecords, isKind, type Of, type RecordSet } from './record-set.ts'
import type { Reason } from './view.ts'

export interface Bench {
  readonly set: RecordSet
  readonly authority: Authority
  /** The verdict on another record, where one depends on it: locks. */
  readonly counts: (id: Hash) => boolean
}

/** Whether a record counts, and if not, why. It depends on nothing but the set of records (FOLD-1). */
export function judge(bench: Bench, one: ReadRecord): Reason | undefined {
  if (bench.authority.owner === undefined) return 'pending'
  return bench.authority.judgeAuthor(one) ?? judgeKind(bench, one)
}

function judgeKind(bench: Bench, one: ReadRecord): Reason | undefined {
  const { authority } = bench
  if (isKind(one, 'post')) return mayWrite(authority, one) ? undefined : 'no_right'
  if (isKind(one, 'comment')) return judgeComment(bench, one)
  if (isKind(one, 'edit', 'delete')) return judgeOwn(bench, one)
  if (isKind(one, 'hide', 'restore', 'lock', 'pin')) return judgeModeration(bench, one)
  if (isKind(one, 'grant', 'revoke', 'ban')) return authority.verdictOf(one.id)
  return undefined
}

/** On an open board everybody; else those who were made author, moderators and the owner (RIGHT-2). */
function mayWrite(authority: Authority, one: ReadRecord): boolean {
  return authority.access === 'open' || authority.mayAs('author', one) || authority.mayAs('moderator', one)
}

function judgeComment(bench: Bench, one: Of<'comment'>): Reason | undefined {
  const { root: rootId, parent: parentId } = one.record
  const [root, parent] = [bench.set.get(rootId), bench.set.get(parentId)]
  if (!root || !parent) return 'pending'
  const fits = parentId === rootId || (isKind(parent, 'comment') && parent.record.root === rootId)
  if (!isKind(root, 'post') || !fits) return 'wrong_target'
  if (!mayWrite(bench.authority, one)) return 'no_right'
  return isLockedAt(bench, rootId, one) && !bench.authority.mayAs('moderator', one) ? 'locked' : undefined
}

function judgeOwn(bench: Bench, one: Of<'edit' | 'delete'>): Reason | undefined {
  const target = bench.set.get(one.record.target)
  if (!target) return 'pending'
  if (!isKind(target, 'post', 'comment')) return 'wrong_target'
  return target.record.author === one.record.author ? undefined : 'not_author'
}

function judgeModeration(bench: Bench, one: Of<'hide' | 'restore' | 'lock' | 'pin'>): Reason | undefined {
  const target = bench.set.get(one.record.target)
  if (!target) return 'pending'
  const fits = isKind(one, 'lock', 'pin') ? isKind(target, 'post') : isKind(target, 'post', 'comment')
  if (!fits) return 'wrong_target'
  return bench.authority.mayAs('moderator', one) ? undefined : 'no_right'
}

/** Whether the last word on the lock before a record was to lock (RIGHT-4). */
function isLockedAt(bench: Bench, root: Hash, one: ReadRecord): boolean {
  const last = bench.set
    .doneTo(root)
    .filter((other) => isKind(other, 'lock'))
    .filter((lock) => compareRecords(lock, one) < 0 && bench.counts(lock.id))
    .sort(compareRecords)
    .at(-1)
  return last?.record.on ?? false
}
