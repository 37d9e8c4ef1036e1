import type { Hash, ReadRecord, RecordKind, SignedRecord } from '../record.ts'

/** A record of one kind. */
export type Of<Kind extends RecordKind> = ReadRecord & {
  readonly record: SignedRecord & { readonly kind: Kind }
}

/** Order in time; equal times by id, so that every node has the same order (FOLD-3). */
export function compareRecords(a: ReadRecord, b: ReadRecord): number {
  return a.record.createdAt - b.record.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}

export function isKind<Kind extends RecordKind>(
  record: ReadRecord,
  ...kinds: readonly Kind[]
): record is Of<Kind> {
  return kinds.some((kind) => kind === record.record.kind)
}

/** What a record refers to besides the author's own records before it. */
export function targetsOf({ record }: ReadRecord): readonly Hash[] {
  if ('target' in record) return [record.target]
  return 'root' in record ? [record.root, record.parent] : []
}

/** The records of one board, found by what they refer to. It judges nothing. */
export class RecordSet {
  readonly #byId = new Map<Hash, ReadRecord>()
  readonly #byAuthor = new Map<Hash, ReadRecord[]>()
  readonly #heads = new Map<Hash, Set<Hash>>()
  /** Records that refer to an id in any way, whether it is here or not. */
  readonly #referring = new Map<Hash, ReadRecord[]>()
  /** Records whose target it is: what was done to it. */
  readonly #done = new Map<Hash, ReadRecord[]>()

  /** False when it was here. */
  add(one: ReadRecord): boolean {
    if (this.#byId.has(one.id)) return false
    const { record, id } = one
    this.#byId.set(id, one)
    push(this.#byAuthor, record.author, one)
    if ('target' in record) push(this.#done, record.target, one)
    for (const cause of new Set([...targetsOf(one), ...record.after])) push(this.#referring, cause, one)
    this.#moveHeads(one)
    return true
  }

  get(id: Hash): ReadRecord | undefined {
    return this.#byId.get(id)
  }

  all(): Iterable<ReadRecord> {
    return this.#byId.values()
  }

  by(author: Hash): readonly ReadRecord[] {
    return this.#byAuthor.get(author) ?? []
  }

  referringTo(id: Hash): readonly ReadRecord[] {
    return this.#referring.get(id) ?? []
  }

  doneTo(id: Hash): readonly ReadRecord[] {
    return this.#done.get(id) ?? []
  }

  /** The author's records that none of their other ones comes after. */
  headsOf(author: Hash): ReadRecord[] {
    return [...(this.#heads.get(author) ?? [])].map((id) => this.#byId.get(id)!)
  }

  /** What an author had said up to `heads`: they and everything before them, as far as it is here (FOLD-4). */
  past(author: Hash, heads: readonly Hash[]): ReadonlySet<Hash> {
    const past = new Set<Hash>()
    const open = [...heads]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const found = this.#byId.get(id)
      if (found?.record.author !== author || past.has(id)) continue
      past.add(id)
      open.push(...found.record.after)
    }
    return past
  }

  /** Whether it is later than all that it refers to and that is here (TIME-2). */
  isAfterItsCauses(one: ReadRecord): boolean {
    return [...targetsOf(one), ...one.record.after].every((id) => {
      const cause = this.#byId.get(id)
      return !cause || cause.record.createdAt < one.record.createdAt
    })
  }

  #moveHeads({ id, record }: ReadRecord): void {
    const heads = this.#heads.get(record.author) ?? new Set()
    this.#heads.set(record.author, heads)
    for (const before of record.after) heads.delete(before)
    const isFollowed = this.referringTo(id).some(
      (one) => one.record.author === record.author && one.record.after.includes(id),
    )
    if (!isFollowed) heads.add(id)
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
