import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { WorkspacesTable } from '../../../platform/database/tables.generated.ts'

export interface StoredWorkspace {
  readonly id: string
  readonly name: string
  readonly archivedAt: Date | null
  /** People who were put into it; owners and admins see it without. */
  readonly memberCount: number
  readonly version: number
  readonly createdAt: Date
}

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

const withCount = (tx: Tx) =>
  tx.db
    .selectFrom('workspaces')
    .selectAll('workspaces')
    .select((is) =>
      is
        .selectFrom('workspace_members')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('workspace_members.tenant_id', '=', 'workspaces.tenant_id')
        .whereRef('workspace_members.workspace_id', '=', 'workspaces.id')
        .as('member_count'),
    )

/** By name. `all`: archived ones too, for who may bring them back; otherwise those the caller sees. */
export async function listWorkspaces(tx: Tx, { all }: { readonly all: boolean }): Promise<StoredWorkspace[]> {
  const visible = sql<string>`any (array(select stoa.visible_workspaces()))`
  const rows = await withCount(tx)
    .$if(!all, (query) => query.where('workspaces.id', '=', visible))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(1000)
    .execute()
  return rows.map(toWorkspace)
}

export async function findWorkspace(tx: Tx, workspaceId: string): Promise<StoredWorkspace | undefined> {
  const row = await withCount(tx).where('workspaces.id', '=', workspaceId).executeTakeFirst()
  return row && toWorkspace(row)
}

export interface WorkspaceChange {
  readonly name?: string | undefined
  /** Null brings it back. */
  readonly archivedAt?: Date | null | undefined
}

/** Whether the workspace still was at `version` and was changed. */
export async function updateWorkspace(
  tx: Tx,
  workspaceId: string,
  version: number,
  change: WorkspaceChange,
): Promise<boolean> {
  const result = await tx.db
    .updateTable('workspaces')
    .set({
      version: version + 1,
      ...(change.name !== undefined && { name: change.name }),
      ...(change.archivedAt !== undefined && { archived_at: change.archivedAt }),
    })
    .where('id', '=', workspaceId)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Those of the given ids that exist and are not archived; the oldest workspace when no ids are given. */
export async function activeWorkspaces(tx: Tx, ids: readonly string[] | undefined): Promise<string[]> {
  const active = tx.db.selectFrom('workspaces').select('id').where('archived_at', 'is', null)
  const query =
    ids === undefined
      ? active.orderBy('created_at').orderBy('id').limit(1)
      : active.where('id', 'in', [...ids])
  if (ids?.length === 0) return []
  return (await query.execute()).map(({ id }) => id)
}

export async function countActiveWorkspaces(tx: Tx): Promise<number> {
  const { count } = await tx.db
    .selectFrom('workspaces')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

function toWorkspace(row: Selectable<WorkspacesTable> & { member_count: number | null }): StoredWorkspace {
  return {
    id: row.id,
    name: row.name,
    archivedAt: row.archived_at,
    memberCount: row.member_count ?? 0,
    version: row.version,
    createdAt: row.created_at,
  }
}
