import { uuidv7 } from '@stoa/kernel'
import { InvalidRequest } from '../../../platform/http/errors.ts'
import { operation } from '../../../platform/http/operation.ts'
import { normalizeEmail } from '../../identity/index.ts'
import { audit } from '../audit.ts'
import { invitationNotFound, workspaceNotFound } from '../errors.ts'
import { mailInvitation } from '../invitation-mail.ts'
import { hashInvitationToken, invitationToken, invitationUrl } from '../invitation-token.ts'
import type { Parts } from '../parts.ts'
import {
  findInvitation,
  insertInvitation,
  listOpenInvitations,
  type StoredInvitation,
  revokeInvitation as storeRevocation,
} from '../store/invitations.ts'
import { activeWorkspaces } from '../store/workspaces.ts'

const DAY_MS = 86_400_000

export const listInvitations = ({ clock }: Parts) =>
  operation('listInvitations', async ({ read }) => {
    const open = await read((tx) => listOpenInvitations(tx, new Date(clock.now())))
    return { status: 200, body: { items: open.map(invitationBody) } }
  })

/** Without `workspace_ids` who joins comes into the organisation's first workspace, with an empty list into none. */
export const createInvitation = (parts: Parts) =>
  operation('createInvitation', async ({ body, context, connection, write, log }) => {
    const { tenantId, accountId } = context
    const email = body.email === undefined ? null : normalizeEmail(body.email)
    const maxUses = body.max_uses ?? 1
    if (email !== null && maxUses > 1)
      throw new InvalidRequest([
        { pointer: '#/body/max_uses', message: 'must be 1 for an invitation to one address' },
      ])
    const now = parts.clock.now()
    let fresh: StoredInvitation | undefined
    const reply = await write(async (tx) => {
      const workspaceIds = await activeWorkspaces(tx, body.workspace_ids)
      if (new Set(body.workspace_ids).size > workspaceIds.length) throw workspaceNotFound()
      const id = uuidv7(parts.clock, parts.random)
      const hash = (use: 'link' | 'mail') =>
        hashInvitationToken(invitationToken(parts.secret, { tenantId, id, use }))
      await insertInvitation(tx, {
        ...{ tenantId, id, role: body.role, email, workspaceIds, maxUses, invitedBy: accountId },
        ...{ tokenHash: hash('link'), mailTokenHash: email === null ? null : hash('mail') },
        ...{ createdAt: new Date(now), expiresAt: new Date(now + (body.expires_in_days ?? 7) * DAY_MS) },
      })
      const details = { role: body.role, max_uses: maxUses, by_mail: email !== null }
      await audit(parts, tx, context, {
        action: 'invitation.created',
        targetType: 'invitation',
        targetId: id,
        details,
      })
      fresh = await findInvitation(tx, id)
      if (fresh === undefined) throw invitationNotFound()
      return { status: 201, body: { invitation: invitationBody(fresh), url: '', mailed: false } }
    })
    // A repeated request mails nothing and shows the same link; the link itself is never stored.
    const { id } = reply.body.invitation
    const url = invitationUrl(
      connection.baseUrl,
      invitationToken(parts.secret, { tenantId, id, use: 'link' }),
    )
    const mailed =
      fresh?.id === id ? await mailInvitation(parts, { context, connection, log }, fresh) : reply.body.mailed
    return { ...reply, body: { ...reply.body, url, mailed } }
  })

export const revokeInvitation = (parts: Parts) =>
  operation('revokeInvitation', async ({ params, context, write }) =>
    write(async (tx) => {
      const { invitation_id: id } = params
      if (!(await storeRevocation(tx, id, new Date(parts.clock.now())))) throw invitationNotFound()
      await audit(parts, tx, context, {
        action: 'invitation.revoked',
        targetType: 'invitation',
        targetId: id,
      })
      return { status: 204, body: undefined }
    }),
  )

const invitationBody = (one: StoredInvitation) => ({
  id: one.id,
  role: one.role,
  email: one.email,
  workspace_ids: [...one.workspaceIds],
  uses: one.uses,
  max_uses: one.maxUses,
  created_at: one.createdAt.toISOString(),
  expires_at: one.expiresAt.toISOString(),
  invited_by: { account_id: one.invitedBy.accountId, display_name: one.invitedBy.displayName },
})
