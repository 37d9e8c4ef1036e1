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

export interface NoteRow {
  id: string
  workspace_id: string
  book_id: string | null
  highlight_id: string | null
  account_id: string
  locator: object | null
  quote: Quote | null
  title: string | null
  body: string
  tags: string[]
  visibility: Visibility
  shared_before: boolean
  version: number
  change_id: number
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
}

const fields = sql`a.id, a.workspace_id, a.book_id, a.highlight_id, a.account_id, a.locator, a.quote, a.title, a.body, a.tags,
  a.visibility, a.shared_before, a.version, a.change_id, a.created_at, a.updated_at, a.deleted_at`

/** Also one that was removed. */
export async function findNote(tx: Tx, viewer: Viewer, id: string): Promise<NoteRow | undefined> {
  const { rows } = await sql<NoteRow>`
    select ${fields} from notes a where a.id = ${id} and ${visibleTo(viewer)}`.execute(tx.db)
  return rows[0]
}

export async function listNotes(
  tx: Tx,
  filter: AnnotationFilter,
  page: Page,
): Promise<(NoteRow & { keys: string[] })[]> {
  const { order, after, keys } = ordering(page)
  const text = sql`(coalesce(a.title, '') || ' ' || a.body)`
  const { rows } = await sql<NoteRow & { keys: string[] }>`
    select ${fields}, ${keys} as keys from notes a
    where ${conditions(filter, text)} and ${after} order by ${order} limit ${page.limit}`.execute(tx.db)
  return rows
}

export type NewNote = Omit<NoteRow, 'shared_before' | 'version' | 'updated_at' | 'deleted_at'>

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

/** `false` when the id is taken. */
export async function insertNote(tx: Tx, tenantId: string, row: NewNote): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into notes (tenant_id, id, workspace_id, book_id, highlight_id, account_id, locator, quote, title, body, tags,
      visibility, change_id, created_at)
    values (${tenantId}, ${row.id}, ${row.workspace_id}, ${row.book_id}, ${row.highlight_id}, ${row.account_id},
      ${json(row.locator)}::jsonb, ${json(row.quote)}::jsonb, ${row.title}, ${row.body}, ${row.tags}, ${row.visibility},
      ${row.change_id}, ${row.created_at})
    on conflict (tenant_id, id) do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export interface NoteChanges {
  readonly title?: string | null
  readonly body?: string
  readonly tags?: readonly string[]
  readonly visibility?: Visibility
  readonly deleted_at?: Date | null
}

/** `expectedVersion`: only when it still has it. Answers whether a row was changed. */
export function changeNote(
  tx: Tx,
  id: string,
  changes: NoteChanges,
  changeId: number,
  expectedVersion?: number,
): Promise<boolean> {
  return changeRow(tx, 'notes', id, { changes, changeId, expectedVersion })
}

/** What changed after an id of the tenant's sequence, removed ones included, in that order. */
export async function notesChanged(
  tx: Tx,
  viewer: Viewer,
  range: { after: number; bookId?: string; limit: number },
): Promise<NoteRow[]> {
  const book = range.bookId === undefined ? sql`true` : sql`a.book_id = ${range.bookId}`
  const { rows } = await sql<NoteRow>`
    select ${fields} from notes a where a.change_id > ${range.after} and ${everVisibleTo(viewer)} and ${book}
    order by a.change_id limit ${range.limit}`.execute(tx.db)
  return rows
}
