import { type RawBuilder, sql } from 'kysely'

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

/** Whatever the books of these workspaces are, outside the trash; only what they are to the account may matter. */
export function isWhole(filter: BookFilter): boolean {
  const { shelfIds, states, formats, language, tag, nameQuery, trashed } = filter
  return ![shelfIds, states, formats, language, tag, nameQuery].some(Boolean) && !trashed
}

/** May leave few books, which are then found by another index than the one that holds their order. */
export function isSelective({ shelfIds, tag, nameQuery, status, trashed }: BookFilter): boolean {
  return [shelfIds, tag, nameQuery, status !== 'none' && status].some(Boolean) || trashed
}

/** Books for which this holds of the account's row `r` in `book_readers`. */
export const ownBooks = (filter: BookFilter, holds: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select r.book_id from book_readers r where r.account_id = ${filter.accountId} and (${holds})`

/** Any status but none. */
export const hasStatus = sql`r.status <> 'none'`

/** What the account's row `r` must be for the status that is asked for. */
export const ownCondition = ({ status }: BookFilter): RawBuilder<unknown> =>
  status === undefined ? sql`true` : sql`r.status = ${status}`

/** One as an equation, which is faster to test and may lead an index. */
const oneOf = (column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]}::text[])`

/**
 * What a row `b` of `books` must be, but for the status none, which {@link ownBooks} leave; of `workspaceIds` when given,
 * instead of those of the filter.
 */
export function conditions(filter: BookFilter, workspaceIds = filter.workspaceIds): RawBuilder<unknown> {
  const { shelfIds, states, formats } = filter
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
  if (formats) parts.push(oneOf(sql`b.format`, formats))
  if (filter.language) parts.push(sql`b.language = ${filter.language}`)
  if (filter.tag) parts.push(sql`b.tags @> array[${filter.tag}]::text[]`)
  if (filter.nameQuery) parts.push(sql`b.name_words @@ to_tsquery('simple', ${filter.nameQuery})`)
  if (filter.status && filter.status !== 'none') {
    parts.push(sql`b.id in (${ownBooks(filter, ownCondition(filter))})`)
  }
  return sql.join(parts, sql` and `)
}

/** Ids of the books that a whole filter leaves out: the trash and other workspaces, each a range of an index. */
export function booksOutside({ workspaceIds }: BookFilter): RawBuilder<unknown> {
  const inside = [...workspaceIds].sort()
  const gaps = Array.from({ length: inside.length + 1 }, (_, index) => {
    const above = index === 0 ? sql`true` : sql`b.workspace_id > ${inside[index - 1]}`
    const below = index === inside.length ? sql`true` : sql`b.workspace_id < ${inside[index]}`
    return sql`select b.id from books b where b.trashed_at is null and ${above} and ${below}`
  })
  const trash = sql`select b.id from books b where b.trashed_at is not null`
  return sql.join([trash, ...gaps], sql` union all `)
}
