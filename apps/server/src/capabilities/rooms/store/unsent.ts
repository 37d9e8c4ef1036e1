import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** Forgets files of every tenant that were reserved before then and never sent; their bytes are still to be deleted. */
export async function deleteUnsent(
  { pool }: Database,
  before: Date,
  batch: number,
): Promise<{ tenant_id: string; id: string }[]> {
  const { rows } = await sql<{ tenant_id: string; id: string }>`
    select tenant_id, id from stoa.delete_unsent_attachments(${before}, ${batch})`.execute(pool)
  return rows
}
