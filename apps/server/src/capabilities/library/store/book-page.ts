import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import {
  type BookFilter,
  booksOutside,
  conditions,
  hasStatus,
  isSelective,
  isWhole,
  ownBooks,
  ownCondition,
} from './book-filter.ts'
import { behind, orderOf, type Phase } from './book-order.ts'
import { type BookRow, bookFrom, bookSelection } from './books.ts'

/** Rows of a phase: behind these keys, without so many, at most so many. */
export interface Stretch {
  readonly keys: readonly string[]
  readonly offset: number
  readonly limit: number
  /** `offset` counts from the end of the phase; the rows come in its order all the same. */
  readonly backwards: boolean
  /** Passes over many rows: what they are compared with is held in memory and not looked up for each of them. */
  readonly jump: boolean
}

export interface PlacedBook extends BookRow {
  /** Of its place in the phase, as text. */
  readonly cursor_keys: string[]
}

/** So many workspaces are read side by side, each in the order of its index. */
const SIDE_BY_SIDE = 8

/** Books of a phase by id and sort keys: no more than what an index holds, so that thousands are passed over fast. */
function candidates(
  filter: BookFilter,
  phase: Phase,
  { keys: values, jump }: Pick<Stretch, 'keys' | 'jump'>,
): RawBuilder<unknown> {
  const keys = phase.keys.map(({ column }, index) => sql`${column} as ${sql.ref(`key${index}`)}`)
  const columns = sql.join([phase.own ? sql`r.book_id as id` : sql`b.id`, ...keys])
  const start = behind(phase, values)
  if (phase.own) {
    const own = sql`r.account_id = ${filter.accountId} and ${phase.own} and ${ownCondition(filter)} and ${start}`
    return jump && isWhole(filter)
      ? sql`select ${columns} from book_readers r where ${own} and r.book_id not in (${booksOutside(filter)})`
      : sql`select ${columns}
          from book_readers r join books b on b.tenant_id = r.tenant_id and b.id = r.book_id
          where ${own} and ${conditions(filter)}`
  }
  const rest = notOwn(filter, phase.others, jump)
  const sideBySide = filter.workspaceIds.length <= SIDE_BY_SIDE && !isSelective(filter)
  const groups = sideBySide ? filter.workspaceIds.map((one) => [one]) : [filter.workspaceIds]
  const parts = groups.map(
    (ids) => sql`select ${columns} from books b where ${conditions(filter, ids)} and ${start} and ${rest}`,
  )
  return sql.join(parts, sql` union all `)
}

/** Without the books of the phase before, and those with a status when none is asked for. */
function notOwn(filter: BookFilter, before: RawBuilder<unknown> | undefined, jump: boolean) {
  const left = [before, filter.status === 'none' ? hasStatus : undefined].filter((one) => one !== undefined)
  if (left.length === 0) return sql`true`
  const own = ownBooks(filter, sql.join(left, sql` or `))
  return jump
    ? sql`b.id not in (${own})`
    : sql`not exists (${own} and r.tenant_id = b.tenant_id and r.book_id = b.id)`
}

/** The page is found by its keys first: what is shown of a book is not computed for those that are skipped. */
export async function readStretch(
  tx: Tx,
  filter: BookFilter,
  phase: Phase,
  stretch: Stretch,
): Promise<PlacedBook[]> {
  const names = phase.keys.map((_, index) => sql.ref(`key${index}`))
  const direction = phase.descending === stretch.backwards ? sql`asc` : sql`desc`
  const { rows } = await sql<PlacedBook>`
    with page as materialized (
      select id, array[${sql.join(names.map((name) => sql`${name}::text`))}] as cursor_keys
      from (${candidates(filter, phase, stretch)}) found
      order by ${sql.join(names.map((name) => sql`${name} ${direction}`))} limit ${stretch.limit} offset ${stretch.offset}
    )
    select ${bookSelection}, page.cursor_keys
    from page join (${bookFrom(filter.accountId)}) on b.id = page.id
    order by ${orderOf(phase)}`.execute(tx.db)
  return rows
}

/** How many books a phase has. */
export async function countPhase(tx: Tx, filter: BookFilter, phase: Phase, jump: boolean): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (${candidates(filter, phase, { keys: [], jump })}) found`.execute(
    tx.db,
  )
  return rows[0]?.count ?? 0
}

/** How many books match, and of how many of them this holds of the account's row `r`. */
export async function countWithOwn(
  tx: Tx,
  filter: BookFilter,
  holds: RawBuilder<unknown>,
): Promise<{ total: number; own: number }> {
  const { rows } = await sql<{ total: number; own: number }>`
    select count(*)::integer as total, count(*) filter (where b.id in (${ownBooks(filter, holds)}))::integer as own
    from books b where ${conditions(filter)}`.execute(tx.db)
  return rows[0] ?? { total: 0, own: 0 }
}

/** More rows than this are not held in memory. */
const MANY = 100_000

/** Whether what a jump compares books with is few enough to be held in memory: the account's own, and those left out. */
export async function mayJump(tx: Tx, filter: BookFilter): Promise<boolean> {
  const { rows } = await sql<{ few: boolean }>`
    select (select count(*) from (${ownBooks(filter, sql`true`)} limit ${MANY}) own) < ${MANY}
      and (select count(*) from (${booksOutside(filter)} limit ${MANY}) outside) < ${MANY} as few`.execute(
    tx.db,
  )
  return rows[0]?.few ?? false
}
