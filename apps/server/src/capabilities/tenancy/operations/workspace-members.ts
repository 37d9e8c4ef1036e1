import { operation } from '../../../platform/http/operation.ts'
import { audit } from '../audit.ts'
import { memberNotFound, workspaceNotFound } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { findMember } from '../store/members.ts'
import { seesWorkspace } from '../store/visibility.ts'
import {
  addWorkspaceMember as addPlace,
  deleteWorkspaceMember,
  listWorkspaceMembers as listPlaces,
} from '../store/workspace-members.ts'
import { findWorkspace } from '../store/workspaces.ts'
import { seesAll } from './workspaces.ts'

export const listWorkspaceMembers = () =>
  operation('listWorkspaceMembers', async ({ params, context, read }) => {
    const { workspace_id: id } = params
    const people = await read(async (tx) => {
      const there = seesAll(context.role)
        ? (await findWorkspace(tx, id)) !== undefined
        : await seesWorkspace(tx, id)
      if (!there) throw workspaceNotFound()
      return await listPlaces(tx, id)
    })
    const items = people.map(({ accountId, displayName }) => ({
      account_id: accountId,
      display_name: displayName,
    }))
    return { status: 200, body: { items } }
  })

export const addWorkspaceMember = (parts: Parts) =>
  operation('addWorkspaceMember', async ({ params, body, context, write }) =>
    write(async (tx) => {
      const { workspace_id: workspaceId } = params
      const { account_id: accountId } = body
      if ((await findWorkspace(tx, workspaceId)) === undefined) throw workspaceNotFound()
      if ((await findMember(tx, accountId)) === undefined) throw memberNotFound()
      if (await addPlace(tx, { tenantId: context.tenantId, workspaceId, accountId })) {
        const act = { targetType: 'workspace', targetId: workspaceId, details: { account_id: accountId } }
        await audit(parts, tx, context, { action: 'workspace.member_added', ...act })
        await tx.emit({
          type: 'workspace.member_added',
          payload: { workspace_id: workspaceId, account_id: accountId },
        })
      }
      return { status: 204, body: undefined }
    }),
  )

export const removeWorkspaceMember = (parts: Parts) =>
  operation('removeWorkspaceMember', async ({ params, context, write }) =>
    write(async (tx) => {
      const { workspace_id: workspaceId, account_id: accountId } = params
      if ((await findWorkspace(tx, workspaceId)) === undefined) throw workspaceNotFound()
      if (!(await deleteWorkspaceMember(tx, workspaceId, accountId))) throw memberNotFound()
      const act = { targetType: 'workspace', targetId: workspaceId, details: { account_id: accountId } }
      await audit(parts, tx, context, { action: 'workspace.member_removed', ...act })
      await tx.emit({
        type: 'workspace.member_removed',
        payload: { workspace_id: workspaceId, account_id: accountId },
      })
      return { status: 204, body: undefined }
    }),
  )
