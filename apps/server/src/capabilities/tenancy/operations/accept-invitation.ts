import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { InvalidRequest } from '../../../platform/http/errors.ts'
import { operation, type Request } from '../../../platform/http/operation.ts'
import { type Caller, normalizeEmail, type SessionReply, sessionBound } from '../../identity/index.ts'
import { audit } from '../audit.ts'
import { accountExists, invitationForOther, invitationGone } from '../errors.ts'
import { hashInvitationToken, tenantOfToken } from '../invitation-token.ts'
import type { Parts } from '../parts.ts'
import { isOpen } from '../rules.ts'
import { findInvitationByToken, type StoredInvitation, takeInvitationUse } from '../store/invitations.ts'
import { findMember } from '../store/members.ts'
import { insertMembership } from '../store/memberships.ts'
import { addWorkspaceMember } from '../store/workspace-members.ts'
import { activeWorkspaces } from '../store/workspaces.ts'

type Body = Request<'acceptInvitation'>['body']

/**
 * With `display_name` a new account joins, also on a device where somebody else is signed in; without, the account that is
 * signed in.
 */
export const acceptInvitation = (parts: Parts) =>
  operation('acceptInvitation', async ({ body, connection }) => {
    const tenantId = tenantOfToken(body.token)
    if (tenantId === undefined) throw invitationGone()
    const wantsNew = body.display_name !== undefined
    const caller = wantsNew
      ? undefined
      : await parts.identity.doorway.callerOf(connection, body.refresh_token)
    const reply = caller
      ? await joinAsCaller(parts, { tenantId, body, caller })
      : await joinAsNew(parts, { tenantId, body, connection })
    return { status: 200, ...reply }
  })

interface Joining {
  readonly tenantId: string
  readonly body: Body
}

async function joinAsCaller(
  parts: Parts,
  { tenantId, body, caller }: Joining & { caller: Caller },
): Promise<SessionReply> {
  const { doorway } = parts.identity
  const { accountId, onlyTenant } = caller.session
  if (onlyTenant !== null && onlyTenant !== tenantId) throw sessionBound()
  await parts.database.tenant({ tenantId, accountId }, async (tx) => {
    const { invitation } = await openInvitation(parts, tx, body.token)
    // Who is a member already takes no use, keeps the role, and is simply let in.
    if ((await findMember(tx, accountId)) !== undefined) return
    const addresses = await doorway.emailsOf(tx, accountId)
    if (invitation.email !== null && !addresses.some(({ email }) => email === invitation.email))
      throw invitationForOther()
    await join(parts, tx, { tenantId, accountId, invitation })
  })
  return await doorway.resume(caller, tenantId, body.return_refresh_token === true)
}

async function joinAsNew(
  parts: Parts,
  { tenantId, body, connection }: Joining & Pick<Request<'acceptInvitation'>, 'connection'>,
): Promise<SessionReply> {
  const { doorway } = parts.identity
  const { display_name: displayName } = body
  if (displayName === undefined)
    throw new InvalidRequest([{ pointer: '#/body/display_name', message: 'is needed to make an account' }])
  const accountId = uuidv7(parts.clock, parts.random)
  const opened = await parts.database.tenant({ tenantId, accountId }, async (tx) => {
    const { invitation, byMail } = await openInvitation(parts, tx, body.token)
    const email = addressFor(invitation, body.email)
    const { locale = 'en', time_zone: timeZone = 'UTC' } = body
    const person = { accountId, displayName, locale, timeZone, email, emailProved: byMail }
    if (!(await doorway.createAccount(tx, person))) throw accountExists()
    await join(parts, tx, { tenantId, accountId, invitation })
    const signIn = {
      accountId,
      tenantId,
      method: 'invitation',
      connection,
      deviceName: body.device_name,
    } as const
    return await doorway.openSession(tx, signIn)
  })
  return await doorway.signedIn(opened, {
    connection,
    returnRefreshToken: body.return_refresh_token === true,
    tenantId,
  })
}

/** @throws Problem 410 */
async function openInvitation({ clock }: Parts, tx: Tx, token: string) {
  const found = await findInvitationByToken(tx, hashInvitationToken(token))
  if (found === undefined || !isOpen(found.invitation, clock.now())) throw invitationGone()
  return found
}

/** The address of the new account: the one invited, or where none was, the one told. @throws Problem 422 */
function addressFor(invitation: StoredInvitation, told: string | undefined): string | undefined {
  const given = told === undefined ? undefined : normalizeEmail(told)
  if (invitation.email === null) return given
  if (given !== undefined && given !== invitation.email) throw invitationForOther()
  return invitation.email
}

interface Joined {
  readonly tenantId: string
  readonly accountId: string
  readonly invitation: StoredInvitation
}

async function join(parts: Parts, tx: Tx, { tenantId, accountId, invitation }: Joined): Promise<void> {
  const now = new Date(parts.clock.now())
  if (!(await takeInvitationUse(tx, invitation.id, now))) throw invitationGone()
  await insertMembership(tx, { tenantId, accountId, role: invitation.role, joinedAt: now })
  for (const workspaceId of await activeWorkspaces(tx, invitation.workspaceIds))
    await addWorkspaceMember(tx, { tenantId, workspaceId, accountId })
  const details = { invitation_id: invitation.id, role: invitation.role }
  await audit(
    parts,
    tx,
    { tenantId, accountId },
    { action: 'member.joined', targetType: 'account', targetId: accountId, details },
  )
  await tx.emit({ type: 'member.joined', payload: { account_id: accountId, role: invitation.role } })
}
