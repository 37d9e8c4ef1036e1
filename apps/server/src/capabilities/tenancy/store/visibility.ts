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

/**
 * Those of these accounts who see a workspace that is not archived; without a workspace: who belong to the organisation.
 * One statement, whoever asks.
 */
export async function membersAmong(
  tx: Tx,
  accountIds: readonly string[],
  workspaceId: string | null,
): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set()
  const { rows } = await sql<{ account_id: string }>`
    select m.account_id from memberships m
    where m.account_id = any(${[...accountIds]}::uuid[]) and m.removed_at is null
      and (${workspaceId}::uuid is null or exists (
        select from workspaces w where w.tenant_id = m.tenant_id and w.id = ${workspaceId}::uuid and w.archived_at is null
          and (m.role in ('owner', 'admin') or exists (
            select from workspace_members x
            where x.tenant_id = m.tenant_id and x.workspace_id = w.id and x.account_id = m.account_id))))`.execute(
    tx.db,
  )
  return new Set(rows.map(({ account_id }) => account_id))
}

/** Whether the caller may see this workspace. */
export async function seesWorkspace(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } =
    await sql`select from stoa.visible_workspaces() as id where id = ${workspaceId}::uuid`.execute(tx.db)
  return rows.length > 0
}
