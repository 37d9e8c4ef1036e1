import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export type Visibility = 'private' | 'workspace'

export interface Quote {
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
}

/** Who looks, and where: one's own, and what is shared in workspaces one belongs to. */
export interface Viewer {
  readonly accountId: string
  readonly workspaceIds: readonly string[]
}

export interface AnnotationFilter extends Viewer {
  readonly bookId?: string
  readonly highlightId?: string
  readonly tag?: string
  readonly color?: string
  readonly mine: boolean
  /** Found in the text by these words, all of them, ignoring case. */
  readonly words: readonly string[]
}

export interface Page {
  readonly sort: 'newest' | 'book'
  /** Sort keys of the last row before the page. */
  readonly after?: readonly string[]
  readonly limit: number
}

/** The next id of the tenant's sequence of changes; held until the transaction ends. */
export async function nextChange(tx: Tx, tenantId: string): Promise<number> {
  const { rows } = await sql<{ last_id: number }>`
    insert into annotation_changes as c (tenant_id, last_id) values (${tenantId}, 1)
    on conflict (tenant_id) do update set last_id = c.last_id + 1 returning last_id`.execute(tx.db)
  return (rows[0] as { last_id: number }).last_id
}

export function visibleTo({ accountId, workspaceIds }: Viewer): RawBuilder<unknown> {
  return sql`(a.account_id = ${accountId} or a.visibility = 'workspace') and a.workspace_id = any(${[...workspaceIds]}::uuid[])`
}

/** Visible now, or once was: others must hear that something turned private. */
export function everVisibleTo({ accountId, workspaceIds }: Viewer): RawBuilder<unknown> {
  return sql`(a.account_id = ${accountId} or a.visibility = 'workspace' or a.shared_before) and a.workspace_id = any(${[...workspaceIds]}::uuid[])`
}

interface RowChange {
  /** By column; `undefined` is left as it is. */
  readonly changes: object
  readonly changeId: number
  /** Only when the row still has it. */
  readonly expectedVersion: number | undefined
}

/** Changes one highlight or note and counts its version on. Answers whether a row was changed. */
export async function changeRow(
  tx: Tx,
  table: 'highlights' | 'notes',
  id: string,
  { changes, changeId, expectedVersion }: RowChange,
): Promise<boolean> {
  const set = [
    sql`version = version + 1`,
    sql`updated_at = now()`,
    sql`change_id = ${changeId}`,
    // Sees the row as it was.
    sql`shared_before = shared_before or visibility = 'workspace'`,
  ]
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const column = sql.ref(field)
    set.push(
      field === 'locator' ? sql`${column} = ${JSON.stringify(value)}::jsonb` : sql`${column} = ${value}`,
    )
  }
  const version = expectedVersion === undefined ? sql`true` : sql`version = ${expectedVersion}`
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.join(set)} where id = ${id} and ${version}`.execute(tx.db)
  return numAffectedRows === 1n
}

const escaped = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** Conditions common to highlights and notes; `text` is what the words are looked for in. */
export function conditions(filter: AnnotationFilter, text: RawBuilder<unknown>): RawBuilder<unknown> {
  const parts = [sql`a.deleted_at is null`, visibleTo(filter)]
  if (filter.mine) parts.push(sql`a.account_id = ${filter.accountId}`)
  if (filter.bookId) parts.push(sql`a.book_id = ${filter.bookId}`)
  if (filter.highlightId) parts.push(sql`a.highlight_id = ${filter.highlightId}`)
  if (filter.color) parts.push(sql`a.color = ${filter.color}`)
  if (filter.tag) parts.push(sql`a.tags @> array[${filter.tag}]::text[]`)
  for (const word of filter.words) parts.push(sql`${text} ilike ${escaped(word)}`)
  return sql.join(parts, sql` and `)
}

/** Newest first, or by place in the book. */
export function ordering(page: Page): {
  order: RawBuilder<unknown>
  after: RawBuilder<unknown>
  keys: RawBuilder<unknown>
} {
  const byBook = page.sort === 'book'
  const columns = byBook
    ? sql`a.book_id, coalesce((a.locator ->> 'fraction')::real, 2), a.id`
    : sql`a.created_at, a.id`
  const order = byBook
    ? sql`a.book_id, coalesce((a.locator ->> 'fraction')::real, 2), a.id`
    : sql`a.created_at desc, a.id desc`
  const keys = byBook
    ? sql`array[a.book_id::text, coalesce((a.locator ->> 'fraction')::real, 2)::text, a.id::text]`
    : sql`array[a.created_at::text, a.id::text]`
  const [first, second, third] = page.after ?? []
  if (first === undefined) return { order, keys, after: sql`true` }
  const after = byBook
    ? sql`(${columns}) > (${first}::uuid, ${second}::real, ${third}::uuid)`
    : sql`(${columns}) < (${first}::timestamptz, ${second}::uuid)`
  return { order, keys, after }
}

/** How many keys a cursor of this sort holds. */
export const keyCount = (sort: Page['sort']): number => (sort === 'book' ? 3 : 2)
