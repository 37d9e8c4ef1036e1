import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/**
 * The ids of the workspaces whose content the caller may see, for a `where`:
 * `.where('workspace_id', '=', sql<string>`any (${visibleWorkspaces})`)`. Evaluated once per statement, so an index on
 * (tenant_id, workspace_id) is used. Owners and admins see all, others those they were put into; archived ones nobody.
 */
export const visibleWorkspaces: RawBuilder<string[]> = sql`array(select stoa.visible_workspaces())`

/** The same as values. Empty for who is in none. */
export async function workspacesOf(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from stoa.visible_workspaces() as id order by id`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Whether the caller may see this workspace. */
export async function seesWorkspace(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } =
    await sql`select from stoa.visible_workspaces() as id where id = ${workspaceId}::uuid`.execute(tx.db)
  return rows.length > 0
}
