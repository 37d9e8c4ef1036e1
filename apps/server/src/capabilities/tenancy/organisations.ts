import { type Clock, type Random, uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { Founding, Organisations } from '../identity/index.ts'
import { insertAuditEntry } from './store/audit.ts'
import { findRole, insertMembership, listMemberships } from './store/memberships.ts'
import { insertTenant, insideTenant } from './store/tenants.ts'
import { addWorkspaceMember } from './store/workspace-members.ts'
import { insertWorkspace } from './store/workspaces.ts'
import { firstWorkspaceName } from './texts.ts'

/** An organisation that has just been made, for whoever fills it. */
export interface NewOrganisation extends Founding {
  readonly workspaceId: string
}

export interface OrganisationsInit {
  readonly clock: Clock
  readonly random: Random
  /**
   * Called in the transaction that founds an organisation, with its tenant and its owner set: what is enqueued or written
   * here happens if and only if the organisation comes to be.
   */
  readonly onFounded?: (tx: Tx, organisation: NewOrganisation) => Promise<void>
}

/** The organisations as sign-in needs them. */
export function createOrganisations(init: OrganisationsInit): Organisations {
  return {
    membershipsOf: listMemberships,
    roleIn: findRole,
    found: (tx, founding) => insideTenant(tx, founding.tenantId, () => found(init, tx, founding)),
  }
}

async function found(init: OrganisationsInit, tx: Tx, founding: Founding): Promise<void> {
  const { clock, random, onFounded } = init
  const { tenantId, name, ownerId, locale } = founding
  const at = new Date(clock.now())
  const workspaceId = uuidv7(clock, random)
  await insertTenant(tx, { id: tenantId, name, createdAt: at })
  await insertMembership(tx, { tenantId, accountId: ownerId, role: 'owner', joinedAt: at })
  await insertWorkspace(tx, { tenantId, id: workspaceId, name: firstWorkspaceName[locale], createdAt: at })
  await addWorkspaceMember(tx, { tenantId, workspaceId, accountId: ownerId })
  await insertAuditEntry(tx, {
    ...{ id: uuidv7(clock, random), tenantId, actorId: ownerId, at },
    ...{ action: 'tenant.created', targetType: 'tenant', targetId: tenantId, details: { name } },
  })
  await onFounded?.(tx, { ...founding, workspaceId })
}
