import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** What was read out of a document's text, and what it was read out of. */
export interface ProjectionRow {
  id: string
  workspace_id: string
  visibility: 'workspace' | 'private'
  title: string
  book_id: string | null
  created_by: string
  created_at: Date
  trashed_at: Date | null
  edited_at: Date
  edited_by: string | null
  content: unknown
  projected_version: number
  editors: string[]
}

/** Locked: one reading at a time. Whoever may read it; for jobs and after the caller was asked. */
export async function lockProjection(tx: Tx, id: string): Promise<ProjectionRow | undefined> {
  const { rows } = await sql<ProjectionRow>`
    select id, workspace_id, visibility, title, book_id, created_by, created_at, trashed_at, edited_at, edited_by, content,
      projected_version, editors
    from documents where id = ${id} for no key update`.execute(tx.db)
  return rows[0]
}

export interface Projection {
  readonly content: object
  readonly version: number
  readonly excerpt: string
  readonly wordCount: number
  readonly editors: readonly string[]
  readonly editedBy: string | null
  readonly editedAt: Date
}

export async function saveProjection(tx: Tx, id: string, row: Projection): Promise<void> {
  await sql`
    update documents set content = ${JSON.stringify(row.content)}::jsonb, projected_version = ${row.version},
      excerpt = ${row.excerpt}, word_count = ${row.wordCount}, editors = ${[...row.editors]}::uuid[],
      edited_by = ${row.editedBy}, edited_at = ${row.editedAt}
    where id = ${id}`.execute(tx.db)
}

/** How often the text cites which books. */
export async function saveCitations(
  tx: Tx,
  tenantId: string,
  documentId: string,
  books: ReadonlyMap<string, number>,
): Promise<void> {
  const ids = [...books.keys()]
  await sql`
    delete from document_citations where document_id = ${documentId} and not book_id = any(${ids}::uuid[])`.execute(
    tx.db,
  )
  if (ids.length === 0) return
  await sql`
    insert into document_citations (tenant_id, document_id, book_id, count)
    select ${tenantId}::uuid, ${documentId}::uuid, c.book_id, c.count
    from unnest(${ids}::uuid[], ${[...books.values()]}::integer[]) as c(book_id, count)
    on conflict (tenant_id, document_id, book_id) do update set count = excluded.count`.execute(tx.db)
}

/** Of which version of their texts documents were read last: to find those that a crash left behind. */
export async function projectedVersions(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; projected_version: number }>`
    select id, projected_version from documents where id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.id, Number(row.projected_version)]))
}
