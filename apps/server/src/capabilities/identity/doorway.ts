import { uuidv7 } from '@stoa/kernel'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { Connection } from '../../platform/http/operation.ts'
import { signInUrl } from './announce.ts'
import type { OrganisationMembership } from './organisations.ts'
import type { Parts } from './parts.ts'
import { normalizeEmail } from './rules/address.ts'
import { enterable } from './rules/choose-tenant.ts'
import { requireTimeZone } from './rules/time-zone.ts'
import { type GivenToken, givenToken } from './sessions/presented-token.ts'
import { type SessionBody, viewSession } from './sessions/session-view.ts'
import type { OpenedSession, SignIn } from './sessions/sessions.ts'
import { openSession, type SignedInOptions, signedIn } from './sessions/sign-in.ts'
import { findAccount, insertAccount, type Locale, type StoredAccount } from './store/accounts.ts'
import { actAs, enterSignIn } from './store/doors.ts'
import { insertEmail, listEmails, type StoredEmail } from './store/emails.ts'
import { insertSecurityEvent } from './store/security-events.ts'
import { chooseTenantOf, findSession, type StoredSession } from './store/sessions.ts'
import { insertSignInLink, LINK_LIFE_MS } from './store/sign-in-links.ts'
import { hashToken, newToken } from './tokens/opaque.ts'

/** Somebody whose browser or client holds a refresh token that is good. */
export interface Caller {
  readonly session: StoredSession
  readonly given: GivenToken
}

export interface Person {
  readonly accountId: string
  readonly displayName: string
  readonly locale: Locale
  readonly timeZone: string
  readonly email?: string | undefined
  /** Whether the address has been proved. */
  readonly emailProved: boolean
}

export interface SessionReply {
  readonly body: SessionBody
  readonly headers: Record<string, string>
}

/** For operations of other capabilities that let somebody in: invitations, sign-in links. */
export interface Doorway {
  /** Who a public request comes from, by its refresh token (cookie of our own pages, or body); nothing is rotated. */
  callerOf(connection: Connection, inBody: string | undefined): Promise<Caller | undefined>
  /** Makes an account; false, and nothing is made, when the address belongs to another one. */
  createAccount(tx: Tx, person: Person): Promise<boolean>
  /** Opens a session in the given transaction; {@link Doorway.signedIn} answers once that is committed. */
  openSession(tx: Tx, signIn: SignIn): Promise<OpenedSession>
  signedIn(opened: OpenedSession, options: SignedInOptions): Promise<SessionReply>
  /** A fresh access token of a session that exists, for an organisation. The refresh token stays as it is. */
  resume(caller: Caller, tenantId: string, returnRefreshToken: boolean): Promise<SessionReply>
  /** A one-time link, made by the caller for this account. A link for somebody else opens the caller's organisation only. */
  createLink(
    tx: Tx,
    by: TenantContext,
    accountId: string,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>
  linkUrl(baseUrl: string, token: string): string
  /** The organisations that the caller's session may enter. */
  membershipsOf(context: TenantContext): Promise<readonly OrganisationMembership[]>
  sessionOf(tx: Tx, context: TenantContext): Promise<StoredSession | undefined>
  /** In a transaction of the account, or of an organisation it shares with the caller. */
  accountOf(tx: Tx, accountId: string): Promise<StoredAccount | undefined>
  /** Addresses of the transaction's own account. */
  emailsOf(tx: Tx, accountId: string): Promise<readonly StoredEmail[]>
}

export function createDoorway(parts: Parts): Doorway {
  return {
    callerOf: (connection, inBody) => callerOf(parts, connection, inBody),
    createAccount: (tx, person) => createAccount(parts, tx, person),
    openSession: async (tx, signIn) => {
      await enterSignIn(tx)
      return await openSession(parts, tx, signIn)
    },
    signedIn: (opened, options) => signedIn(parts, opened, options),
    resume: (caller, tenantId, returnRefreshToken) => resume(parts, caller, tenantId, returnRefreshToken),
    createLink: (tx, by, accountId) => createLink(parts, tx, by, accountId),
    linkUrl: signInUrl,
    membershipsOf: (context) => membershipsOf(parts, context),
    sessionOf: (tx, context) => findSession(tx, context.sessionId),
    accountOf: findAccount,
    emailsOf: listEmails,
  }
}

async function callerOf(
  parts: Parts,
  connection: Connection,
  inBody: string | undefined,
): Promise<Caller | undefined> {
  const given = givenToken(connection, inBody)
  if (given === undefined) return undefined
  return await parts.database.account(null, async (tx) => {
    await enterSignIn(tx)
    const presented = await parts.sessions.present(tx, given.token)
    const good = presented?.verdict === 'rotate' || presented?.verdict === 'resend'
    return good ? { session: presented.session, given } : undefined
  })
}

async function createAccount({ clock, random }: Parts, tx: Tx, person: Person): Promise<boolean> {
  requireTimeZone(person.timeZone)
  await enterSignIn(tx)
  const { accountId, displayName, locale, timeZone, emailProved } = person
  const now = new Date(clock.now())
  await insertAccount(tx, { id: accountId, displayName, locale, timeZone, createdAt: now })
  if (person.email !== undefined) {
    const email = normalizeEmail(person.email)
    const verifiedAt = emailProved ? now : null
    const free = await insertEmail(tx, {
      id: uuidv7(clock, random),
      accountId,
      email,
      verifiedAt,
      createdAt: now,
    })
    if (!free) return false
  }
  const event = { id: uuidv7(clock, random), accountId, details: { email_proved: emailProved }, at: now }
  await insertSecurityEvent(tx, { ...event, action: 'account.created' })
  return true
}

async function resume(
  parts: Parts,
  { session, given }: Caller,
  tenantId: string,
  inBody: boolean,
): Promise<SessionReply> {
  parts.states.forget(session.accountId)
  const { body } = await parts.database.account(session.accountId, async (tx) => {
    await enterSignIn(tx)
    await actAs(tx, session.accountId)
    await chooseTenantOf(tx, session.id, tenantId)
    return await viewSession(parts, tx, session, tenantId)
  })
  const headers = { 'cache-control': 'no-store' }
  return inBody && given.from === 'body'
    ? { body: { ...body, refresh_token: given.token }, headers }
    : { body, headers }
}

/**
 * For oneself the link is worth what the session is worth: it stays in the same organisation if the session does, and does
 * not count as proving the account anew. For somebody else it opens the maker's organisation and proves nothing.
 */
async function createLink({ clock, random }: Parts, tx: Tx, by: TenantContext, accountId: string) {
  const self = accountId === by.accountId
  const own = self ? await findSession(tx, by.sessionId) : undefined
  const token = newToken(random)
  const at = new Date(clock.now())
  const expiresAt = new Date(at.getTime() + LINK_LIFE_MS)
  await enterSignIn(tx)
  await insertSignInLink(tx, {
    ...{ hash: hashToken(token), accountId, createdBy: by.accountId, createdAt: at, expiresAt },
    onlyTenant: self ? (own?.onlyTenant ?? undefined) : by.tenantId,
    authenticatedAt: own?.authenticatedAt ?? new Date(0),
  })
  const details = { by: by.accountId, tenant_id: by.tenantId }
  await insertSecurityEvent(tx, { id: uuidv7(clock, random), accountId, action: 'link.created', details, at })
  return { token, expiresAt }
}

function membershipsOf({ database, organisations }: Parts, context: TenantContext) {
  return database.account(context.accountId, async (tx) => {
    const session = await findSession(tx, context.sessionId)
    return enterable(await organisations.membershipsOf(tx), { only: session?.onlyTenant ?? null })
  })
}
