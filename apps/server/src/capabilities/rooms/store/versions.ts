import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** Earlier versions that are kept of one message. */
export const KEPT_VERSIONS = 20

export interface VersionRow {
  version: number
  body: string
  written_at: Date
}

export async function keepVersion(
  tx: Tx,
  tenantId: string,
  messageId: string,
  row: VersionRow,
): Promise<void> {
  await sql`
    insert into message_versions (tenant_id, message_id, version, body, written_at)
    values (${tenantId}, ${messageId}, ${row.version}, ${row.body}, ${row.written_at})`.execute(tx.db)
  await sql`
    delete from message_versions where message_id = ${messageId} and version <= ${row.version - KEPT_VERSIONS}`.execute(
    tx.db,
  )
}

export async function listVersions(tx: Tx, messageId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select version, body, written_at from message_versions where message_id = ${messageId} order by version desc`.execute(
    tx.db,
  )
  return rows
}

export async function deleteVersions(tx: Tx, messageId: string): Promise<void> {
  await sql`delete from message_versions where message_id = ${messageId}`.execute(tx.db)
}
