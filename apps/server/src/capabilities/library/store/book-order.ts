import { type RawBuilder, sql } from 'kysely'

export type BookSort = 'recently_read' | 'recently_added' | 'title' | 'author' | 'progress'

interface SortKey {
  readonly column: RawBuilder<unknown>
  readonly type: 'timestamptz' | 'text' | 'real' | 'uuid'
}

/**
 * A stretch of the list that one index delivers in order. `own`: books for which this holds of the account's row in
 * `book_readers`, ordered by that row; `others`: books of which it does not hold. Neither: all of them.
 */
export interface Phase {
  readonly own?: RawBuilder<unknown>
  readonly others?: RawBuilder<unknown>
  readonly keys: readonly SortKey[]
  readonly descending: boolean
}

const id: SortKey = { column: sql`b.id`, type: 'uuid' }
const ownId: SortKey = { column: sql`r.book_id`, type: 'uuid' }
const added: SortKey = { column: sql`b.added_at`, type: 'timestamptz' }
const title: SortKey = { column: sql`b.title_key`, type: 'text' }
const author: SortKey = { column: sql`b.author_key`, type: 'text' }
const read: SortKey = { column: sql`r.read_at`, type: 'timestamptz' }
const fraction: SortKey = { column: sql`r.fraction`, type: 'real' }

const wasRead = sql`r.read_at is not null`
const isBegun = sql`r.fraction > 0`

/** Sorts that depend on the reader come in two phases: what the person has read, by an index of theirs; then the rest. */
export const PHASES: Readonly<Record<BookSort, readonly Phase[]>> = {
  recently_added: [{ keys: [added, id], descending: true }],
  title: [{ keys: [title, id], descending: false }],
  author: [{ keys: [author, title, id], descending: false }],
  recently_read: [
    { own: wasRead, keys: [read, ownId], descending: true },
    { others: wasRead, keys: [added, id], descending: true },
  ],
  progress: [
    { own: isBegun, keys: [fraction, ownId], descending: true },
    { others: isBegun, keys: [title, id], descending: false },
  ],
}

/** `order by` of a phase over the tables themselves. */
export function orderOf({ keys, descending }: Phase): RawBuilder<unknown> {
  const direction = descending ? sql`desc` : sql`asc`
  return sql.join(keys.map(({ column }) => sql`${column} ${direction}`))
}

/** Behind the row with these keys; everything when they are not those of this phase. */
export function behind({ keys, descending }: Phase, values: readonly string[]): RawBuilder<unknown> {
  if (values.length === 0 || values.length !== keys.length) return sql`true`
  const left = sql.join(keys.map(({ column }) => column))
  const right = sql.join(keys.map(({ type }, index) => sql`${values[index]}::${sql.raw(type)}`))
  return descending ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`
}
