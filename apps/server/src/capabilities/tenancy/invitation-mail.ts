import type { Logger } from '@stoa/kernel'
import type { TenantContext } from '../../platform/database/database.ts'
import type { Connection } from '../../platform/http/operation.ts'
import { invitationMail } from '../../platform/mail/messages.ts'
import { invitationToken, invitationUrl } from './invitation-token.ts'
import type { Parts } from './parts.ts'
import type { StoredInvitation } from './store/invitations.ts'
import { findTenant } from './store/tenants.ts'

export interface InvitationMailRequest {
  readonly context: TenantContext
  readonly connection: Connection
  readonly log: Logger
}

/** Whether the invitation went out. When it did not, the link that is shown can be sent in another way. */
export async function mailInvitation(
  { database, identity, mailer, secret }: Parts,
  { context, connection, log }: InvitationMailRequest,
  invitation: StoredInvitation,
): Promise<boolean> {
  if (invitation.email === null) return false
  const { tenantId } = context
  const { tenant, inviter } = await database.tenantRead(context, async (tx) => ({
    tenant: await findTenant(tx, tenantId),
    inviter: await identity.doorway.accountOf(tx, context.accountId),
  }))
  const token = invitationToken(secret, { tenantId, id: invitation.id, use: 'mail' })
  const message = invitationMail({
    ...{ to: invitation.email, locale: inviter?.locale ?? 'en', expiresAt: invitation.expiresAt },
    ...{ inviter: inviter?.displayName ?? '', organisation: tenant?.name ?? '' },
    url: invitationUrl(connection.baseUrl, token),
  })
  try {
    await mailer.send(message)
    return true
  } catch (error) {
    log.warn({ action: 'mail_failed', kind: 'invitation', err: error })
    return false
  }
}
