import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface StoredTenant {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly createdAt: Date
}

export async function insertTenant(tx: Tx, tenant: Omit<StoredTenant, 'version'>): Promise<void> {
  await tx.db
    .insertInto('tenants')
    .values({ id: tenant.id, name: tenant.name, created_at: tenant.createdAt })
    .execute()
}

export async function findTenant(tx: Tx, tenantId: string): Promise<StoredTenant | undefined> {
  const row = await tx.db.selectFrom('tenants').selectAll().where('id', '=', tenantId).executeTakeFirst()
  return row && { id: row.id, name: row.name, version: row.version, createdAt: row.created_at }
}

/** Whether the organisation still was at `version` and was renamed. */
export async function renameTenant(
  tx: Tx,
  tenantId: string,
  version: number,
  name: string,
): Promise<boolean> {
  const result = await tx.db
    .updateTable('tenants')
    .set({ name, version: version + 1 })
    .where('id', '=', tenantId)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Runs a part of the transaction inside an organisation: one is founded by a member of another, or by who has just signed
 * up. The organisation of the transaction is back when this resolves; a failure rolls everything back anyway.
 */
export async function insideTenant<T>(tx: Tx, tenantId: string, run: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{
    before: string
  }>`select coalesce(current_setting('stoa.tenant', true), '') as before`.execute(tx.db)
  await sql`select set_config('stoa.tenant', ${tenantId}, true)`.execute(tx.db)
  const result = await run()
  await sql`select set_config('stoa.tenant', ${rows[0]?.before ?? ''}, true)`.execute(tx.db)
  return result
}
