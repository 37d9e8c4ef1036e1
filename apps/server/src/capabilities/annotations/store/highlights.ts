import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import {
  type AnnotationFilter,
  changeRow,
  conditions,
  everVisibleTo,
  ordering,
  type Page,
  type Quote,
  type Viewer,
  type Visibility,
  visibleTo,
} from './common.ts'

export type AnchorStatus = 'exact' | 'repaired' | 'approximate' | 'lost'

export interface HighlightRow {
  id: string
  workspace_id: string
  book_id: string
  account_id: string
  locator: object
  quote: Quote
  chapter: string | null
  color: string
  note: string | null
  tags: string[]
  visibility: Visibility
  anchor_status: AnchorStatus
  shared_before: boolean
  version: number
  change_id: number
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
}

const fields = sql`a.id, a.workspace_id, a.book_id, a.account_id, a.locator, a.quote, a.chapter, a.color, a.note, a.tags,
  a.visibility, a.anchor_status, a.shared_before, a.version, a.change_id, a.created_at, a.updated_at, a.deleted_at`

/** Also one that was removed. */
export async function findHighlight(tx: Tx, viewer: Viewer, id: string): Promise<HighlightRow | undefined> {
  const { rows } = await sql<HighlightRow>`
    select ${fields} from highlights a where a.id = ${id} and ${visibleTo(viewer)}`.execute(tx.db)
  return rows[0]
}

export async function listHighlights(
  tx: Tx,
  filter: AnnotationFilter,
  page: Page,
): Promise<(HighlightRow & { keys: string[] })[]> {
  const { order, after, keys } = ordering(page)
  const text = sql`(a.quote ->> 'exact' || ' ' || coalesce(a.note, '') || ' ' || coalesce(a.chapter, ''))`
  const { rows } = await sql<HighlightRow & { keys: string[] }>`
    select ${fields}, ${keys} as keys from highlights a
    where ${conditions(filter, text)} and ${after} order by ${order} limit ${page.limit}`.execute(tx.db)
  return rows
}

export type NewHighlight = Omit<
  HighlightRow,
  'shared_before' | 'version' | 'updated_at' | 'deleted_at' | 'anchor_status'
>

/** `false` when the id is taken. */
export async function insertHighlight(tx: Tx, tenantId: string, row: NewHighlight): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into highlights (tenant_id, id, workspace_id, book_id, account_id, locator, quote, chapter, color, note, tags,
      visibility, change_id, created_at)
    values (${tenantId}, ${row.id}, ${row.workspace_id}, ${row.book_id}, ${row.account_id}, ${JSON.stringify(row.locator)}::jsonb,
      ${JSON.stringify(row.quote)}::jsonb, ${row.chapter}, ${row.color}, ${row.note}, ${row.tags}, ${row.visibility},
      ${row.change_id}, ${row.created_at})
    on conflict (tenant_id, id) do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export interface HighlightChanges {
  readonly color?: string
  readonly note?: string | null
  readonly tags?: readonly string[]
  readonly visibility?: Visibility
  readonly locator?: object
  readonly anchor_status?: AnchorStatus
  readonly deleted_at?: Date | null
}

/** `expectedVersion`: only when it still has it. Answers whether a row was changed. */
export function changeHighlight(
  tx: Tx,
  id: string,
  changes: HighlightChanges,
  changeId: number,
  expectedVersion?: number,
): Promise<boolean> {
  return changeRow(tx, 'highlights', id, { changes, changeId, expectedVersion })
}

/** What changed after an id of the tenant's sequence, removed ones included, in that order. */
export async function highlightsChanged(
  tx: Tx,
  viewer: Viewer,
  range: { after: number; bookId?: string; limit: number },
): Promise<HighlightRow[]> {
  const book = range.bookId === undefined ? sql`true` : sql`a.book_id = ${range.bookId}`
  const { rows } = await sql<HighlightRow>`
    select ${fields} from highlights a where a.change_id > ${range.after} and ${everVisibleTo(viewer)} and ${book}
    order by a.change_id limit ${range.limit}`.execute(tx.db)
  return rows
}
