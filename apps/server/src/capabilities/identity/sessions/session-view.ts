import type { Clock } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Connection, Reply } from '../../../platform/http/operation.ts'
import { notMemberOfTenant } from '../errors.ts'
import type { OrganisationMembership, Organisations } from '../organisations.ts'
import { chooseTenant, enterable } from '../rules/choose-tenant.ts'
import { REFRESH_COOKIE, setCookie } from '../rules/cookie.ts'
import { findAccount, type StoredAccount } from '../store/accounts.ts'
import type { StoredSession } from '../store/sessions.ts'
import type { AccessTokens } from '../tokens/access-tokens.ts'

export type SessionBody = Reply<'refreshSession'>['body']
type AccountBody = Reply<'getAccount'>['body']

export interface SessionViewParts {
  readonly tokens: Pick<AccessTokens, 'issue'>
  readonly organisations: Organisations
  readonly clock: Clock
}

export interface SessionView {
  readonly body: SessionBody
  readonly account: StoredAccount
  readonly tenantId: string | null
}

/**
 * What a client is told about its session, with a fresh access token. In a transaction that acts as the account, outside of
 * a tenant. @throws Problem 403 `tenant.not_member` when `wanted` is not open to it
 */
export async function viewSession(
  parts: SessionViewParts,
  tx: Tx,
  session: StoredSession,
  wanted?: string,
): Promise<SessionView> {
  const account = await findAccount(tx, session.accountId)
  if (account === undefined) throw new Error('a session without account')
  const memberships = await parts.organisations.membershipsOf(tx)
  const wish = { wanted, chosen: session.chosenTenant, only: session.onlyTenant }
  const tenant = chooseTenant(memberships, wish)
  if (tenant === 'refused') throw notMemberOfTenant()
  const access = await parts.tokens.issue({
    accountId: session.accountId,
    sessionId: session.id,
    tenant: tenant === null ? undefined : { id: tenant.tenantId, role: tenant.role },
  })
  const body = {
    access_token: access.token,
    access_token_expires_at: access.expiresAt.toISOString(),
    session_id: session.id,
    account: accountBody(account),
    tenant: tenant && membershipBody(tenant),
    tenants: enterable(memberships, wish).map(membershipBody),
  }
  return { body, account, tenantId: tenant?.tenantId ?? null }
}

export function accountBody(account: StoredAccount): AccountBody {
  return {
    id: account.id,
    display_name: account.displayName,
    email: account.email,
    locale: account.locale,
    time_zone: account.timeZone,
    version: account.version,
    created_at: account.createdAt.toISOString(),
  }
}

export function membershipBody({
  tenantId,
  name,
  role,
}: OrganisationMembership): SessionBody['tenants'][number] {
  return { tenant_id: tenantId, name, role }
}

export interface Delivery {
  readonly connection: Connection
  readonly refreshToken: string
  /** When the refresh token expires. */
  readonly expiresAt: Date
  /** For clients without cookies: in the body instead. */
  readonly inBody: boolean
  readonly now: number
}

/** The refresh token goes into the cookie or into the body, never both. */
export function deliver(
  body: SessionBody,
  delivery: Delivery,
): { body: SessionBody; headers: Record<string, string> } {
  const { refreshToken, connection, expiresAt, inBody, now } = delivery
  const headers = { 'cache-control': 'no-store' }
  if (inBody) return { body: { ...body, refresh_token: refreshToken }, headers }
  const seconds = (expiresAt.getTime() - now) / 1000
  return {
    body,
    headers: {
      ...headers,
      'set-cookie': setCookie(REFRESH_COOKIE, connection, refreshToken, seconds),
    },
  }
}
