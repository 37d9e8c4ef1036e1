import { operation } from '../../../platform/http/operation.ts'
import { sessionNotFound } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { requireWholeAccount } from '../sessions/whole-account.ts'
import { enterSignIn } from '../store/doors.ts'
import { findSession, listLiveSessions, type StoredSession } from '../store/sessions.ts'

export const listSessions = (parts: Parts) =>
  operation('listSessions', async ({ context, read }) => {
    await requireWholeAccount(parts, context)
    const sessions = await read((tx) => listLiveSessions(tx, context.accountId, new Date(parts.clock.now())))
    return { status: 200, body: { items: sessions.map((one) => sessionBody(one, context.sessionId)) } }
  })

export const revokeSession = (parts: Parts) =>
  operation('revokeSession', async ({ params, context, write }) => {
    await requireWholeAccount(parts, context)
    const reply = await write(async (tx) => {
      const session = await findSession(tx, params.session_id)
      if (session === undefined || session.accountId !== context.accountId) throw sessionNotFound()
      await enterSignIn(tx)
      if (!(await parts.sessions.end(tx, session, 'revoked'))) throw sessionNotFound()
      const payload = { session_id: session.id }
      await tx.emit({ type: 'session.revoked', accountId: context.accountId, payload })
      return { status: 204, body: undefined }
    })
    parts.states.forget(context.accountId)
    return reply
  })

function sessionBody(session: StoredSession, current: string) {
  return {
    id: session.id,
    current: session.id === current,
    device_name: session.deviceName,
    platform: session.platform,
    network: session.network,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  }
}
