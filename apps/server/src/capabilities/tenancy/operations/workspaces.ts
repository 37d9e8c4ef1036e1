import { uuidv7 } from '@stoa/kernel'
import type { Role, Tx } from '../../../platform/database/database.ts'
import { operation, type Reply } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { audit } from '../audit.ts'
import { lastWorkspace, workspaceNotFound } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { lockTenant } from '../store/members.ts'
import { addWorkspaceMember } from '../store/workspace-members.ts'
import {
  countActiveWorkspaces,
  findWorkspace,
  insertWorkspace,
  listWorkspaces as listStored,
  type StoredWorkspace,
  updateWorkspace as storeWorkspace,
} from '../store/workspaces.ts'

/** Owners and admins see every workspace, archived ones too, since they may bring them back. */
export const seesAll = (role: Role): boolean => role === 'owner' || role === 'admin'

export const listWorkspaces = () =>
  operation('listWorkspaces', async ({ context, read }) => {
    const workspaces = await read((tx) => listStored(tx, { all: seesAll(context.role) }))
    return { status: 200, body: { items: workspaces.map(workspaceBody) } }
  })

export const createWorkspace = (parts: Parts) =>
  operation('createWorkspace', async ({ body, context, write }) =>
    write(async (tx) => {
      const { tenantId, accountId } = context
      const id = uuidv7(parts.clock, parts.random)
      await insertWorkspace(tx, { tenantId, id, name: body.name, createdAt: new Date(parts.clock.now()) })
      await addWorkspaceMember(tx, { tenantId, workspaceId: id, accountId })
      const details = { name: body.name }
      await audit(parts, tx, context, {
        action: 'workspace.created',
        targetType: 'workspace',
        targetId: id,
        details,
      })
      await tx.emit({ type: 'workspace.created', workspaceId: id, payload: { workspace_id: id } })
      return { status: 201, body: workspaceBody(await existing(tx, id)) }
    }),
  )

export const updateWorkspace = (parts: Parts) =>
  operation(
    'updateWorkspace',
    async ({ params, body, context, write }): Promise<Reply<'updateWorkspace'>> =>
      write(async (tx) => {
        const { workspace_id: id } = params
        await lockTenant(tx, context.tenantId)
        const before = await existing(tx, id)
        const archives = body.archived === true && before.archivedAt === null
        if (archives && (await countActiveWorkspaces(tx)) <= 1) throw lastWorkspace()
        const archivedAt = archives ? new Date(parts.clock.now()) : body.archived === false ? null : undefined
        if (!(await storeWorkspace(tx, id, body.version, { name: body.name, archivedAt })))
          throw versionConflict(workspaceBody(before))
        const details = { name: body.name, archived: body.archived }
        await audit(parts, tx, context, {
          action: 'workspace.updated',
          targetType: 'workspace',
          targetId: id,
          details,
        })
        await tx.emit({ type: 'workspace.updated', workspaceId: id, payload: { workspace_id: id } })
        return { status: 200, body: workspaceBody(await existing(tx, id)) }
      }),
  )

async function existing(tx: Tx, id: string): Promise<StoredWorkspace> {
  const workspace = await findWorkspace(tx, id)
  if (workspace === undefined) throw workspaceNotFound()
  return workspace
}

const workspaceBody = (workspace: StoredWorkspace) => ({
  id: workspace.id,
  name: workspace.name,
  archived: workspace.archivedAt !== null,
  member_count: workspace.memberCount,
  version: workspace.version,
  created_at: workspace.createdAt.toISOString(),
})
