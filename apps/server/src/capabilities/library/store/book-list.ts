import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { type BookFilter, hasStatus, isWhole } from './book-filter.ts'
import { type BookSort, PHASES, type Phase } from './book-order.ts'
import { countPhase, countWithOwn, mayJump, type PlacedBook, readStretch, type Stretch } from './book-page.ts'
import type { BookRow } from './books.ts'

/** Where a page begins: which phase of the sort, and the sort keys of the last row before it. */
export interface BookCursor {
  readonly phase: number
  readonly keys: readonly string[]
}

export interface BookPage {
  readonly cursor?: BookCursor
  /** Without a cursor: so many books are skipped. */
  readonly offset: number
  readonly limit: number
}

interface Placed {
  readonly phase: number
  readonly book: PlacedBook
}

/** One page of what matches, and how much that is; `next` is undefined on the last one. */
export async function listBooks(
  tx: Tx,
  filter: BookFilter,
  sort: BookSort,
  page: BookPage,
): Promise<{ rows: BookRow[]; next: BookCursor | undefined; total: number }> {
  if (filter.workspaceIds.length === 0) return { rows: [], next: undefined, total: 0 }
  const phases = PHASES[sort]
  const from = page.cursor ?? (page.offset === 0 ? { phase: 0, keys: [] } : undefined)
  const jump = (from === undefined || filter.status !== undefined) && (await mayJump(tx, filter))
  const wanted = page.limit + 1
  const { total, found } = from
    ? { total: await countBooks(tx, filter, jump), found: await readOn(tx, filter, phases, from, wanted) }
    : await readFrom(tx, filter, phases, { offset: page.offset, wanted, jump })
  const last = found.length > page.limit ? found[page.limit - 1] : undefined
  return {
    rows: found.slice(0, page.limit).map(({ book: { cursor_keys: _, ...row } }) => row),
    next: last && { phase: last.phase, keys: last.book.cursor_keys },
    total,
  }
}

const ALL: Phase = { keys: [], descending: false }

/** `jump`: see {@link mayJump}. Books with a status are counted from the account's own, which are fewer. */
export async function countBooks(tx: Tx, filter: BookFilter, jump: boolean): Promise<number> {
  const { status, ...others } = filter
  if (status === undefined || !jump || !isWhole(filter)) return countPhase(tx, filter, ALL, jump)
  if (status !== 'none') return countPhase(tx, filter, { ...ALL, own: sql`true` }, jump)
  return (
    (await countPhase(tx, others, ALL, jump)) -
    (await countPhase(tx, others, { ...ALL, own: hasStatus }, jump))
  )
}

/** On from a place, through the phases after it. */
async function readOn(
  tx: Tx,
  filter: BookFilter,
  phases: readonly Phase[],
  from: BookCursor,
  wanted: number,
): Promise<Placed[]> {
  const found: Placed[] = []
  let keys = from.keys
  for (let index = from.phase; index < phases.length && found.length < wanted; index++) {
    const stretch = { keys, offset: 0, limit: wanted - found.length, backwards: false, jump: false }
    const books = await readStretch(tx, filter, phases[index] as Phase, stretch)
    found.push(...books.map((book) => ({ phase: index, book })))
    keys = []
  }
  return found
}

/** Of all that match, those of the first phase too. */
async function countFirst(tx: Tx, filter: BookFilter, first: Phase, jump: boolean) {
  if (first.own === undefined) {
    const total = await countBooks(tx, filter, jump)
    return { total, own: total }
  }
  // The account's own are looked up in one pass over the list; elsewhere there is an index for each of the two counts.
  if (jump && filter.status === undefined && !isWhole(filter)) return countWithOwn(tx, filter, first.own)
  return {
    total: await countBooks(tx, filter, jump),
    own: await countPhase(tx, filter, first, jump),
  }
}

/** From a number on: every phase knows its size, so it is entered from its nearer end. */
async function readFrom(
  tx: Tx,
  filter: BookFilter,
  phases: readonly Phase[],
  { offset, wanted, jump }: { offset: number; wanted: number; jump: boolean },
): Promise<{ total: number; found: Placed[] }> {
  const [first] = phases as readonly [Phase]
  const { total, own } = await countFirst(tx, filter, first, jump)
  const found: Placed[] = []
  let skip = offset
  for (const [index, size] of [own, total - own].slice(0, phases.length).entries()) {
    const limit = Math.min(wanted - found.length, size - skip)
    if (limit > 0) {
      const stretch = { keys: [], limit, jump, ...nearerEnd(size, skip, limit) }
      const books = await readStretch(tx, filter, phases[index] as Phase, stretch)
      found.push(...books.map((book) => ({ phase: index, book })))
    }
    skip = Math.max(0, skip - size)
  }
  return { total, found }
}

function nearerEnd(size: number, skip: number, limit: number): Pick<Stretch, 'offset' | 'backwards'> {
  const after = size - skip - limit
  return after < skip ? { offset: after, backwards: true } : { offset: skip, backwards: false }
}
