import type { Tx } from '../../../platform/database/database.ts'
import type { Connection } from '../../../platform/http/operation.ts'
import { newDeviceMail } from '../../../platform/mail/messages.ts'
import type { Parts } from '../parts.ts'
import type { StoredAccount } from '../store/accounts.ts'
import { actAs, enterSignIn } from '../store/doors.ts'
import { givenToken } from './presented-token.ts'
import { deliver, type SessionBody, viewSession } from './session-view.ts'
import type { OpenedSession, SignIn } from './sessions.ts'

/** Where the app lists the devices of an account. */
export const devicesPage = ({ baseUrl }: Connection): string => `${baseUrl}/settings/devices`

/** Opens a session and ends the one this browser had before, if any: a browser keeps one refresh cookie. */
export async function openSession(
  parts: Pick<Parts, 'sessions'>,
  tx: Tx,
  signIn: SignIn,
): Promise<OpenedSession> {
  const given = givenToken(signIn.connection, undefined)
  const before = given && (await parts.sessions.present(tx, given.token))
  if (before !== undefined && before.verdict !== 'ended')
    await parts.sessions.end(tx, before.session, 'replaced')
  return await parts.sessions.open(tx, signIn)
}

export interface SignedInOptions {
  readonly connection: Connection
  readonly returnRefreshToken: boolean
  readonly tenantId?: string | undefined
}

/** The answer to a sign-in that has been committed; tells the account by mail when the device is new. */
export async function signedIn(
  parts: Parts,
  opened: OpenedSession,
  { connection, returnRefreshToken, tenantId }: SignedInOptions,
): Promise<{ body: SessionBody; headers: Record<string, string> }> {
  const { session, refreshToken } = opened
  parts.states.forget(session.accountId)
  const view = await parts.database.account(session.accountId, async (tx) => {
    await enterSignIn(tx)
    await actAs(tx, session.accountId)
    return await viewSession(parts, tx, session, tenantId)
  })
  if (opened.newDevice) tellOfNewDevice(parts, view.account, opened, connection)
  const now = parts.clock.now()
  return deliver(view.body, {
    connection,
    refreshToken,
    expiresAt: session.expiresAt,
    inBody: returnRefreshToken,
    now,
  })
}

function tellOfNewDevice(
  parts: Parts,
  account: StoredAccount,
  opened: OpenedSession,
  connection: Connection,
): void {
  if (account.email === null) return
  const { platform: device, createdAt: at } = opened.session
  const mail = newDeviceMail({
    to: account.email,
    locale: account.locale,
    access: { device, ip: connection.ip, at },
    sessionsUrl: devicesPage(connection),
  })
  parts.mail.post('new_device', mail)
}
