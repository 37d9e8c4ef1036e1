import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface ImportRow {
  id: string
  workspace_id: string
  book_id: string | null
  account_id: string
  filename: string
  size: number
  visibility: 'workspace' | 'private'
  workspace_access: 'read' | 'comment' | 'write'
  left_out: string[]
  done_at: Date | null
}

/** `false` when the id is taken. */
export async function insertImport(
  tx: Tx,
  tenantId: string,
  row: Omit<ImportRow, 'left_out' | 'done_at'> & { readonly at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into document_imports (tenant_id, id, workspace_id, book_id, account_id, filename, size, visibility, workspace_access,
      created_at)
    values (${tenantId}, ${row.id}, ${row.workspace_id}, ${row.book_id}, ${row.account_id}, ${row.filename}, ${row.size},
      ${row.visibility}, ${row.workspace_access}, ${row.at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

/** The account's own; nobody else's. */
export async function findImport(tx: Tx, accountId: string, id: string): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select id, workspace_id, book_id, account_id, filename, size, visibility, workspace_access, left_out, done_at
    from document_imports where id = ${id} and account_id = ${accountId}`.execute(tx.db)
  return rows[0]
}

export async function markImported(tx: Tx, id: string, leftOut: readonly string[], at: Date): Promise<void> {
  await sql`update document_imports set left_out = ${[...leftOut]}::text[], done_at = ${at} where id = ${id}`.execute(
    tx.db,
  )
}

/** Forgets imports of this tenant that began before then; answers their ids. */
export async function dropImports(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from document_imports where id in (
      select id from document_imports where created_at < ${before} order by created_at limit ${limit})
    returning id`.execute(tx.db)
  return rows.map((row) => row.id)
}
