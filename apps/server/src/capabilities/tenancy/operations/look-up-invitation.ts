import { operation } from '../../../platform/http/operation.ts'
import { invitationGone } from '../errors.ts'
import { hashInvitationToken, tenantOfToken } from '../invitation-token.ts'
import type { Parts } from '../parts.ts'
import { isOpen } from '../rules.ts'
import { findInvitationByToken } from '../store/invitations.ts'
import { findTenant } from '../store/tenants.ts'

/** A token that is none of ours, or not any more, gets the same answer: nothing can be learned by guessing. */
export const lookUpInvitation = ({ database, clock }: Parts) =>
  operation('lookUpInvitation', async ({ body }) => {
    const tenantId = tenantOfToken(body.token)
    if (tenantId === undefined) throw invitationGone()
    const { found, tenant } = await database.tenantRead({ tenantId, accountId: null }, async (tx) => ({
      found: await findInvitationByToken(tx, hashInvitationToken(body.token)),
      tenant: await findTenant(tx, tenantId),
    }))
    if (found === undefined || tenant === undefined || !isOpen(found.invitation, clock.now()))
      throw invitationGone()
    const { role, email, expiresAt, invitedBy } = found.invitation
    return {
      status: 200,
      body: {
        ...{ organisation_name: tenant.name, role, email },
        ...{ invited_by: invitedBy.displayName, expires_at: expiresAt.toISOString() },
      },
    }
  })
