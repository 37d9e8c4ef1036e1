/**
 * Three versions of one thing: what it was when somebody began to change it, what they made of it, what others made of it
 * meanwhile. Changes to different fields go together; only the same field changed to different things needs a person.
 */

export interface Merge<Fields extends object> {
  /** What to send, based on their version. Empty: theirs has it all. */
  readonly changes: Partial<Fields>
  /** Fields that both changed, to different things. */
  readonly conflicts: readonly (keyof Fields & string)[]
}

/** Fields whose values are sets: additions and removals of both sides go together. */
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** `mine` holds only the fields that were changed. */
export function mergeChanges<Fields extends object>(
  base: Readonly<Partial<Fields>>,
  mine: Readonly<Partial<Fields>>,
  theirs: Readonly<Partial<Fields>>,
): Merge<Fields> {
  const changes: Partial<Fields> = {}
  const conflicts: (keyof Fields & string)[] = []
  for (const field of Object.keys(mine) as (keyof Fields & string)[]) {
    const [before, wanted, now] = [base[field], mine[field], theirs[field]]
    if (same(wanted, now)) continue
    if (same(before, now)) changes[field] = wanted as Fields[typeof field]
    else if (isList(before) && isList(wanted) && isList(now)) {
      const merged = mergeLists(before, wanted, now)
      if (!same(merged, now)) changes[field] = merged as Fields[typeof field]
    } else conflicts.push(field)
  }
  return { changes, conflicts }
}

/** Theirs, without what I removed, with what I added. */
function mergeLists(
  before: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] {
  const has = (list: readonly unknown[], item: unknown) => list.some((other) => same(other, item))
  const kept = theirs.filter((item) => has(mine, item) || !has(before, item))
  return [...kept, ...mine.filter((item) => !has(before, item) && !has(kept, item))]
}
