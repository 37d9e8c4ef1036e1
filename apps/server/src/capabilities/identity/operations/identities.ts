import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { operation } from '../../../platform/http/operation.ts'
import { identityNotFound, lastIdentity, reauthenticationRequired } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { isFresh, mayRemoveWay } from '../rules/linking.ts'
import { requireWholeAccount } from '../sessions/whole-account.ts'
import { lockAccount } from '../store/accounts.ts'
import { deleteEmail, listEmails } from '../store/emails.ts'
import { deleteIdentity, listIdentitiesOf } from '../store/identities.ts'
import { insertSecurityEvent } from '../store/security-events.ts'
import { findSession } from '../store/sessions.ts'

interface WayToSignIn {
  readonly id: string
  readonly kind: 'email' | 'provider'
  readonly provider?: string
  readonly label: string
  readonly works: boolean
  readonly createdAt: Date
}

export const listIdentities = (parts: Parts) =>
  operation('listIdentities', async ({ context, read }) => {
    await requireWholeAccount(parts, context)
    const ways = await read((tx) => waysOf(tx, context.accountId))
    const items = ways.map(({ id, kind, provider, label, createdAt }) => ({
      ...{ id, kind, label, created_at: createdAt.toISOString() },
      ...(provider !== undefined && { provider }),
    }))
    return { status: 200, body: { items } }
  })

export const unlinkIdentity = (parts: Parts) =>
  operation('unlinkIdentity', async ({ params, context, write }) => {
    await requireWholeAccount(parts, context)
    const { accountId, sessionId } = context
    return await write(async (tx) => {
      // One removal at a time, so that two cannot take the last two ways together.
      await lockAccount(tx, accountId)
      const ways = await waysOf(tx, accountId)
      const way = ways.find(({ id }) => id === params.identity_id)
      if (way === undefined) throw identityNotFound()
      const at = new Date(parts.clock.now())
      const session = await findSession(tx, sessionId)
      if (session === undefined || !isFresh(session.authenticatedAt, at.getTime()))
        throw reauthenticationRequired()
      if (!mayRemoveWay(ways, way.id)) throw lastIdentity()
      await (way.kind === 'email' ? deleteEmail : deleteIdentity)(tx, accountId, way.id)
      const details = { kind: way.kind, provider: way.provider ?? null }
      const event = { id: uuidv7(parts.clock, parts.random), accountId, sessionId, details, at }
      await insertSecurityEvent(tx, { ...event, action: 'identity.unlinked' })
      return { status: 204, body: undefined }
    })
  })

async function waysOf(tx: Tx, accountId: string): Promise<WayToSignIn[]> {
  const [emails, identities] = [await listEmails(tx, accountId), await listIdentitiesOf(tx, accountId)]
  return [
    ...emails.map(({ id, email, verifiedAt, createdAt }) => ({
      ...{ id, kind: 'email' as const, label: email, works: verifiedAt !== null, createdAt },
    })),
    ...identities.map(({ id, provider, label, createdAt }) => ({
      ...{ id, kind: 'provider' as const, provider, label, works: true, createdAt },
    })),
  ]
}
