import type { Tx } from '../../../platform/database/database.ts'
import { type Connection, operation } from '../../../platform/http/operation.ts'
import { refreshReuseMail } from '../../../platform/mail/messages.ts'
import { refreshMissing, sessionEnded, sessionReused } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { refreshExpiry } from '../rules/refresh.ts'
import { deviceOf } from '../sessions/device.ts'
import { givenToken } from '../sessions/presented-token.ts'
import { deliver, type SessionBody, viewSession } from '../sessions/session-view.ts'
import type { PresentedToken } from '../sessions/sessions.ts'
import { devicesPage } from '../sessions/sign-in.ts'
import { findAccount, type StoredAccount } from '../store/accounts.ts'
import { actAs, enterSignIn } from '../store/doors.ts'
import { touchSession } from '../store/sessions.ts'

type Outcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'reused'; readonly account: StoredAccount | undefined; readonly device: string }
  | {
      readonly kind: 'refreshed'
      readonly body: SessionBody
      readonly token: string
      readonly expiresAt: Date
    }

export const refreshSession = (parts: Parts) =>
  operation('refreshSession', async ({ body, connection }) => {
    const given = givenToken(connection, body?.refresh_token)
    if (given === undefined) throw refreshMissing()
    const outcome = await parts.database.account(null, async (tx): Promise<Outcome> => {
      await enterSignIn(tx)
      const presented = await parts.sessions.present(tx, given.token)
      if (presented === undefined || presented.verdict === 'ended') return { kind: 'ended' }
      await actAs(tx, presented.session.accountId)
      // The end of the session must be committed, so it is told after the transaction, not thrown inside it.
      if (presented.verdict === 'reused') return await endStolen(parts, tx, presented)
      return await refresh(parts, tx, presented, { connection, wanted: body?.tenant_id })
    })
    if (outcome.kind === 'ended') throw sessionEnded()
    if (outcome.kind === 'reused') {
      warn(parts, outcome, connection)
      throw sessionReused()
    }
    const now = parts.clock.now()
    const { token: refreshToken, expiresAt } = outcome
    const delivery = { connection, refreshToken, expiresAt, inBody: given.from === 'body', now }
    return { status: 200, ...deliver(outcome.body, delivery) }
  })

async function refresh(
  parts: Parts,
  tx: Tx,
  presented: PresentedToken,
  { connection, wanted }: { connection: Connection; wanted: string | undefined },
): Promise<Outcome> {
  const { session, verdict } = presented
  const view = await viewSession(parts, tx, session, wanted)
  const token = await (verdict === 'resend'
    ? parts.sessions.resend(tx, presented)
    : parts.sessions.rotate(tx, presented))
  const now = parts.clock.now()
  const expiresAt = refreshExpiry(now, session.absoluteExpiresAt)
  const use = { chosenTenant: view.tenantId, lastUsedAt: new Date(now), expiresAt, ...deviceOf(connection) }
  await touchSession(tx, session.id, use)
  return { kind: 'refreshed', body: view.body, token, expiresAt }
}

async function endStolen(parts: Parts, tx: Tx, { session }: PresentedToken): Promise<Outcome> {
  await parts.sessions.end(tx, session, 'reused')
  return { kind: 'reused', account: await findAccount(tx, session.accountId), device: session.platform }
}

function warn(parts: Parts, outcome: Extract<Outcome, { kind: 'reused' }>, connection: Connection): void {
  const { account, device } = outcome
  parts.states.forget(account?.id)
  parts.log.warn({ action: 'refresh_token_reused', account_id: account?.id })
  if (account === undefined || account.email === null) return
  const access = { device, ip: connection.ip, at: new Date(parts.clock.now()) }
  const sessionsUrl = devicesPage(connection)
  parts.mail.post(
    'refresh_reuse',
    refreshReuseMail({ to: account.email, locale: account.locale, access, sessionsUrl }),
  )
}
