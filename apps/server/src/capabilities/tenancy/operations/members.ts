import { isUuid } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, isStringArray, takePage } from '../../../platform/http/cursor.ts'
import { operation } from '../../../platform/http/operation.ts'
import { versionConflict } from '../../../platform/http/problem.ts'
import { audit } from '../audit.ts'
import { lastOwner, memberForbidden, memberNotFound } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { judgeRemoval, judgeRoleChange, type MemberAct, mayMakeLink, type Verdict } from '../rules.ts'
import { revokeInvitationsOf } from '../store/invitations.ts'
import {
  countOwners,
  findMember,
  listMembers as listStored,
  lockTenant,
  type MemberPosition,
  markRemoved,
  type StoredMember,
  updateRole,
} from '../store/members.ts'
import { deleteWorkspaceMemberships } from '../store/workspace-members.ts'
import { seesAll } from './workspaces.ts'

export const listMembers = () =>
  operation('listMembers', async ({ query, context, read }) => {
    const { limit = 50 } = query
    const after = positionOf(query.cursor)
    const byEmail = seesAll(context.role)
    const found = await read((tx) => listStored(tx, { after, limit: limit + 1, text: query.query, byEmail }))
    const { rows, next_cursor } = takePage(found, limit, (row) => [row.sortName, row.accountId])
    return { status: 200, body: { items: rows.map((row) => memberBody(row, context)), next_cursor } }
  })

export const updateMember = (parts: Parts) =>
  operation('updateMember', async ({ params, body, context, write }) => {
    const { account_id: accountId } = params
    const reply = await write(async (tx) => {
      const { member, act } = await facts(tx, context, accountId)
      refuse(judgeRoleChange(act, body.role))
      if (!(await updateRole(tx, accountId, body.version, body.role)))
        throw versionConflict(memberBody(member, context))
      // Who may not invite any more does not do so by links made before.
      if (!seesAll(body.role)) await revokeInvitationsOf(tx, accountId, new Date(parts.clock.now()))
      const details = { from: member.role, to: body.role }
      await audit(parts, tx, context, {
        action: 'member.role_changed',
        targetType: 'account',
        targetId: accountId,
        details,
      })
      await tx.emit({ type: 'member.updated', payload: { account_id: accountId, role: body.role } })
      const changed = await findMember(tx, accountId)
      return { status: 200, body: memberBody(changed ?? member, context) }
    })
    parts.identity.forget(accountId)
    return reply
  })

/** The membership ends, and with it every access token of it: the account's other organisations are not touched. */
export const removeMember = (parts: Parts) =>
  operation('removeMember', async ({ params, context, write }) => {
    const { account_id: accountId } = params
    const reply = await write(async (tx) => {
      const { member, act } = await facts(tx, context, accountId)
      refuse(judgeRemoval(act))
      const at = new Date(parts.clock.now())
      await deleteWorkspaceMemberships(tx, accountId)
      await revokeInvitationsOf(tx, accountId, at)
      await markRemoved(tx, accountId, at)
      const action = act.self ? 'member.left' : 'member.removed'
      const details = { role: member.role }
      await audit(parts, tx, context, { action, targetType: 'account', targetId: accountId, details })
      await tx.emit({ type: 'member.removed', payload: { account_id: accountId } })
      return { status: 204, body: undefined }
    })
    parts.identity.forget(accountId)
    return reply
  })

/** Not repeatable by Idempotency-Key: a reply that holds a link is never stored. */
export const createMemberSignInLink = (parts: Parts) =>
  operation('createMemberSignInLink', async ({ params, context, connection }) => {
    const { account_id: accountId } = params
    const { doorway } = parts.identity
    if (!mayMakeLink(context.role, accountId === context.accountId)) throw memberForbidden()
    const { token, expiresAt } = await parts.database.tenant(context, async (tx) => {
      if ((await findMember(tx, accountId)) === undefined) throw memberNotFound()
      await audit(parts, tx, context, {
        action: 'member.link_created',
        targetType: 'account',
        targetId: accountId,
      })
      return await doorway.createLink(tx, context, accountId)
    })
    const body = { url: doorway.linkUrl(connection.baseUrl, token), expires_at: expiresAt.toISOString() }
    return { status: 201, headers: { 'cache-control': 'no-store' }, body }
  })

/** Who acts on whom; from here to the commit nobody else changes roles. @throws Problem 404 */
async function facts(
  tx: Tx,
  context: TenantContext,
  accountId: string,
): Promise<{ member: StoredMember; act: MemberAct }> {
  await lockTenant(tx, context.tenantId)
  const member = await findMember(tx, accountId)
  // The caller's role as it is now, after waiting for the lock: it may have been taken away meanwhile.
  const actor = await findMember(tx, context.accountId)
  if (actor === undefined) throw memberForbidden()
  if (member === undefined) throw memberNotFound()
  const self = accountId === context.accountId
  return { member, act: { actor: actor.role, target: member.role, self, owners: await countOwners(tx) } }
}

/** @throws Problem 403, 422 */
function refuse(verdict: Verdict): void {
  if (verdict === 'forbidden') throw memberForbidden()
  if (verdict === 'last_owner') throw lastOwner()
}

function positionOf(cursor: string | undefined): MemberPosition | undefined {
  const isPosition = (value: unknown): value is [string, string] =>
    isStringArray(value) && value.length === 2 && isUuid(value[1] ?? '')
  const [name, accountId] = decodeCursor(cursor, isPosition) ?? []
  return name === undefined || accountId === undefined ? undefined : { name, accountId }
}

function memberBody(member: StoredMember, context: TenantContext) {
  const mayKnow = seesAll(context.role) || member.accountId === context.accountId
  return {
    account_id: member.accountId,
    display_name: member.displayName,
    email: mayKnow ? member.email : null,
    role: member.role,
    version: member.version,
    joined_at: member.joinedAt.toISOString(),
    workspace_ids: [...member.workspaceIds],
  }
}
