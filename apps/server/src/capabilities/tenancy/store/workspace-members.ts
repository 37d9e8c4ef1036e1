import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface WorkspacePlace {
  readonly tenantId: string
  readonly workspaceId: string
  readonly accountId: string
}

/** Whether the member was not in it yet. */
export async function addWorkspaceMember(tx: Tx, place: WorkspacePlace): Promise<boolean> {
  const { tenantId, workspaceId, accountId } = place
  const result = await tx.db
    .insertInto('workspace_members')
    .values({ tenant_id: tenantId, workspace_id: workspaceId, account_id: accountId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Whether the member was in it. */
export async function deleteWorkspaceMember(
  tx: Tx,
  workspaceId: string,
  accountId: string,
): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('workspace_members')
    .where('workspace_id', '=', workspaceId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Takes somebody out of every workspace. */
export async function deleteWorkspaceMemberships(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('workspace_members').where('account_id', '=', accountId).execute()
}

export interface StoredPerson {
  readonly accountId: string
  readonly displayName: string
}

/** By name; at most 1,000. */
export async function listWorkspaceMembers(tx: Tx, workspaceId: string): Promise<StoredPerson[]> {
  const rows = await tx.db
    .selectFrom('workspace_members')
    .innerJoin('people', 'people.account_id', 'workspace_members.account_id')
    .select(['workspace_members.account_id', 'people.display_name'])
    .where('workspace_members.workspace_id', '=', workspaceId)
    .orderBy(sql`lower(people.display_name)`)
    .orderBy('workspace_members.account_id')
    .limit(1000)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, displayName: row.display_name ?? '' }))
}
