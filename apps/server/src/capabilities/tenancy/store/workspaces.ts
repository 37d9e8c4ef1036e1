import type { Tx } from '../../../platform/database/database.ts'

export interface NewWorkspace {
  readonly tenantId: string
  readonly id: string
  readonly name: string
  readonly createdAt: Date
}

export async function insertWorkspace(tx: Tx, workspace: NewWorkspace): Promise<void> {
  const { tenantId, id, name, createdAt } = workspace
  await tx.db
    .insertInto('workspaces')
    .values({ tenant_id: tenantId, id, name, created_at: createdAt })
    .execute()
}

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
