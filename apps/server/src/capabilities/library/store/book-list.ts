import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { type BookRow, bookFrom, bookSelection } from './books.ts'

export type BookSort = 'recently_read' | 'recently_added' | 'title' | 'author' | 'progress'

export interface BookFilter {
  readonly accountId: string
  /** Workspaces to look in; empty = nothing is found. */
  readonly workspaceIds: readonly string[]
  /** The shelf and those below it. */
  readonly shelfIds?: readonly string[]
  readonly status?: string
  readonly states?: readonly string[]
  readonly formats?: readonly string[]
  readonly language?: string
  readonly tag?: string
  /** `to_tsquery('simple', …)` text over title and authors. */
  readonly nameQuery?: string
  readonly trashed: boolean
}

/** Where a page begins: which phase of the sort, and the sort keys of the last row before it. */
export interface BookCursor {
  readonly phase: number
  readonly keys: readonly string[]
}

interface SortKey {
  readonly expression: RawBuilder<unknown>
  readonly type: 'timestamptz' | 'text' | 'real' | 'uuid'
}

/** A stretch of the list that one index delivers in order. */
interface Phase {
  readonly where: RawBuilder<unknown>
  readonly keys: readonly SortKey[]
  readonly descending: boolean
}

const always = sql`true`
const id: SortKey = { expression: sql`b.id`, type: 'uuid' }
const added: SortKey = { expression: sql`b.added_at`, type: 'timestamptz' }
const title: SortKey = { expression: sql`b.title_key`, type: 'text' }

/** Sorts that depend on the reader come in two phases: what the person has read, by an index of theirs; then the rest. */
const PHASES: Readonly<Record<BookSort, readonly Phase[]>> = {
  recently_added: [{ where: always, keys: [added, id], descending: true }],
  title: [{ where: always, keys: [title, id], descending: false }],
  author: [
    { where: always, keys: [{ expression: sql`b.author_key`, type: 'text' }, title, id], descending: false },
  ],
  recently_read: [
    {
      where: sql`r.read_at is not null`,
      keys: [{ expression: sql`r.read_at`, type: 'timestamptz' }, id],
      descending: true,
    },
    { where: sql`r.read_at is null`, keys: [added, id], descending: true },
  ],
  progress: [
    {
      where: sql`r.fraction > 0`,
      keys: [{ expression: sql`r.fraction`, type: 'real' }, id],
      descending: true,
    },
    { where: sql`coalesce(r.fraction, 0) = 0`, keys: [title, id], descending: false },
  ],
}

function conditions(filter: BookFilter): RawBuilder<unknown> {
  const { workspaceIds, shelfIds, states, formats, status } = filter
  const parts = [filter.trashed ? sql`b.trashed_at is not null` : sql`b.trashed_at is null`]
  // One workspace as an equation, so that an index on it delivers the order, too.
  parts.push(
    workspaceIds.length === 1
      ? sql`b.workspace_id = ${workspaceIds[0]}`
      : sql`b.workspace_id = any(${workspaceIds}::uuid[])`,
  )
  if (shelfIds) {
    parts.push(
      sql`exists (select from shelf_books s where s.tenant_id = b.tenant_id and s.book_id = b.id and s.shelf_id = any(${shelfIds}::uuid[]))`,
    )
  }
  if (states) parts.push(sql`b.state = any(${states}::text[])`)
  if (formats) parts.push(sql`b.format = any(${formats}::text[])`)
  if (filter.language) parts.push(sql`b.language = ${filter.language}`)
  if (filter.tag) parts.push(sql`b.tags @> array[${filter.tag}]::text[]`)
  if (filter.nameQuery) parts.push(sql`b.name_words @@ to_tsquery('simple', ${filter.nameQuery})`)
  if (status)
    parts.push(status === 'none' ? sql`coalesce(r.status, 'none') = 'none'` : sql`r.status = ${status}`)
  return sql.join(parts, sql` and `)
}

function after(phase: Phase, keys: readonly string[]): RawBuilder<unknown> {
  if (keys.length !== phase.keys.length) return always
  const left = sql.join(phase.keys.map((key) => key.expression))
  const right = sql.join(phase.keys.map((key, index) => sql`${keys[index]}::${sql.raw(key.type)}`))
  return phase.descending ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`
}

async function readPhase(
  tx: Tx,
  filter: BookFilter,
  phase: Phase,
  page: { keys: readonly string[]; offset: number; limit: number },
): Promise<(BookRow & { cursor_keys: string[] })[]> {
  const direction = phase.descending ? sql`desc` : sql`asc`
  const order = sql.join(phase.keys.map((key) => sql`${key.expression} ${direction}`))
  const keys = sql.join(phase.keys.map((key) => sql`${key.expression}::text`))
  // The page is found by its keys first: what is shown of a book is not computed for those that are skipped.
  const { rows } = await sql<BookRow & { cursor_keys: string[] }>`
    with page as materialized (
      select b.id, array[${keys}] as cursor_keys
      from books b left join book_readers r
        on r.tenant_id = b.tenant_id and r.book_id = b.id and r.account_id = ${filter.accountId}
      where ${conditions(filter)} and ${phase.where} and ${after(phase, page.keys)}
      order by ${order} limit ${page.limit} offset ${page.offset}
    )
    select ${bookSelection}, page.cursor_keys
    from page join (${bookFrom(filter.accountId)}) on b.id = page.id
    order by ${order}`.execute(tx.db)
  return rows
}

async function countPhase(tx: Tx, filter: BookFilter, phase: Phase): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from books b left join book_readers r
      on r.tenant_id = b.tenant_id and r.book_id = b.id and r.account_id = ${filter.accountId}
    where ${conditions(filter)} and ${phase.where}`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** One page. `next` is undefined on the last one. */
export async function listBooks(
  tx: Tx,
  filter: BookFilter,
  sort: BookSort,
  page: { cursor?: BookCursor; offset: number; limit: number },
): Promise<{ rows: BookRow[]; next: BookCursor | undefined }> {
  const phases = PHASES[sort]
  let { offset } = page
  let keys = page.cursor?.keys ?? []
  const found: { row: BookRow; phase: number; keys: string[] }[] = []
  for (let index = page.cursor?.phase ?? 0; index < phases.length && found.length <= page.limit; index++) {
    const phase = phases[index] as Phase
    const limit = page.limit + 1 - found.length
    const rows = await readPhase(tx, filter, phase, { keys, offset, limit })
    for (const { cursor_keys, ...row } of rows) found.push({ row, phase: index, keys: cursor_keys })
    if (offset > 0 && rows.length === 0) offset -= await countPhase(tx, filter, phase)
    else offset = 0
    keys = []
  }
  const last = found.length > page.limit ? found[page.limit - 1] : undefined
  return {
    rows: found.slice(0, page.limit).map(({ row }) => row),
    next: last && { phase: last.phase, keys: last.keys },
  }
}

export function countBooks(tx: Tx, filter: BookFilter): Promise<number> {
  return countPhase(tx, filter, { where: always, keys: [], descending: false })
}
