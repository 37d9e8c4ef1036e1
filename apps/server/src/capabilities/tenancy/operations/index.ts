import type { Operation } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { createInvitation, listInvitations, revokeInvitation } from './invitations.ts'
import { lookUpInvitation } from './look-up-invitation.ts'
import { createMemberSignInLink, listMembers, removeMember, updateMember } from './members.ts'
import { createTenant, getTenant, listTenants, updateTenant } from './tenants.ts'
import { addWorkspaceMember, listWorkspaceMembers, removeWorkspaceMember } from './workspace-members.ts'
import { createWorkspace, listWorkspaces, updateWorkspace } from './workspaces.ts'

export function operationsOf(parts: Parts): Operation[] {
  return [
    listTenants(parts),
    createTenant(parts),
    getTenant(),
    updateTenant(parts),
    listWorkspaces(),
    createWorkspace(parts),
    updateWorkspace(parts),
    listWorkspaceMembers(),
    addWorkspaceMember(parts),
    removeWorkspaceMember(parts),
    listMembers(),
    updateMember(parts),
    removeMember(parts),
    createMemberSignInLink(parts),
    listInvitations(parts),
    createInvitation(parts),
    revokeInvitation(parts),
    lookUpInvitation(parts),
    acceptInvitation(parts),
  ]
}
