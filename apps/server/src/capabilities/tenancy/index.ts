/**
 * Organisations, workspaces, members, invitations, the audit log.
 *
 * What a member may see is decided here, for every other capability: content lies in a workspace, and a query over
 * content says `.where('workspace_id', '=', sql<string>`any (${visibleWorkspaces})`)`. An operation that is given one
 * workspace calls `requireWorkspace` first.
 */
import type { Tx } from '../../platform/database/database.ts'
import type { Capability } from '../capability.ts'
import { workspaceNotFound } from './errors.ts'
import { operationsOf } from './operations/index.ts'
import type { Parts } from './parts.ts'
import { seesWorkspace } from './store/visibility.ts'

export { type AuditAct, audit } from './audit.ts'
export { createOrganisations, type NewOrganisation, type OrganisationsInit } from './organisations.ts'
export type { Parts as TenancyInit } from './parts.ts'
export { namesOfMembers } from './store/names.ts'
export { membersAmong, visibleWorkspaces, workspacesOf } from './store/visibility.ts'

/** @throws Problem 404 `workspace.not_found` when it does not exist, is archived, or is not for the caller */
export async function requireWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  if (!(await seesWorkspace(tx, workspaceId))) throw workspaceNotFound()
}

export function createTenancy(parts: Parts): Capability {
  return { name: 'tenancy', operations: operationsOf(parts), jobs: [], services: [] }
}
