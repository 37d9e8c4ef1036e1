import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { UserSessionsTable } from '../../../platform/database/tables.generated.ts'

export type SignInMethod = 'setup' | 'email_code' | 'link' | 'provider' | 'invitation'

export interface StoredSession {
  readonly id: string
  readonly accountId: string
  readonly method: SignInMethod
  readonly deviceName: string
  readonly platform: string
  readonly fingerprint: Uint8Array
  readonly network: string | null
  readonly chosenTenant: string | null
  /** The only organisation this session may enter. */
  readonly onlyTenant: string | null
  readonly authenticatedAt: Date
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  readonly absoluteExpiresAt: Date
  readonly revokedAt: Date | null
}

export async function insertSession(tx: Tx, session: StoredSession): Promise<void> {
  await tx.db
    .insertInto('user_sessions')
    .values({
      id: session.id,
      account_id: session.accountId,
      method: session.method,
      device_name: session.deviceName,
      platform: session.platform,
      fingerprint: Buffer.from(session.fingerprint),
      network: session.network,
      chosen_tenant: session.chosenTenant,
      only_tenant: session.onlyTenant,
      authenticated_at: session.authenticatedAt,
      created_at: session.createdAt,
      last_used_at: session.lastUsedAt,
      expires_at: session.expiresAt,
      absolute_expires_at: session.absoluteExpiresAt,
    })
    .execute()
}

/** Whether the account has signed in before, and whether from such a device. */
export async function deviceHistory(
  tx: Tx,
  accountId: string,
  fingerprint: Buffer,
): Promise<{ readonly any: boolean; readonly same: boolean }> {
  const row = await tx.db
    .selectFrom('user_sessions')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('any'),
      fn.count<number>(eb.case().when('fingerprint', '=', fingerprint).then(1).end()).as('same'),
    ])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { any: row.any > 0, same: row.same > 0 }
}

export async function findSession(tx: Tx, sessionId: string): Promise<StoredSession | undefined> {
  const row = await tx.db
    .selectFrom('user_sessions')
    .selectAll()
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row && toSession(row)
}

/** Whether the session has neither ended nor is closed to this organisation. */
export async function isSessionAlive(
  tx: Tx,
  sessionId: string,
  tenantId: string,
  now: Date,
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('user_sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .where('absolute_expires_at', '>', now)
    .where((is) => is.or([is('only_tenant', 'is', null), is('only_tenant', '=', tenantId)]))
    .executeTakeFirst()
  return row !== undefined
}

/** The account's sessions that have not ended, newest use first. */
export async function listLiveSessions(tx: Tx, accountId: string, now: Date): Promise<StoredSession[]> {
  const rows = await tx.db
    .selectFrom('user_sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(toSession)
}

export interface SessionUse {
  readonly chosenTenant: string | null
  readonly platform: string
  readonly fingerprint: Uint8Array
  readonly network: string | null
  readonly lastUsedAt: Date
  readonly expiresAt: Date
}

export async function touchSession(tx: Tx, sessionId: string, use: SessionUse): Promise<void> {
  await tx.db
    .updateTable('user_sessions')
    .set({
      chosen_tenant: use.chosenTenant,
      platform: use.platform,
      fingerprint: Buffer.from(use.fingerprint),
      network: use.network,
      last_used_at: use.lastUsedAt,
      expires_at: use.expiresAt,
    })
    .where('id', '=', sessionId)
    .execute()
}

export async function chooseTenantOf(tx: Tx, sessionId: string, tenantId: string): Promise<void> {
  await tx.db
    .updateTable('user_sessions')
    .set({ chosen_tenant: tenantId })
    .where('id', '=', sessionId)
    .execute()
}

export interface Revocation {
  readonly reason: string
  readonly at: Date
}

/** Whether there was something to end. Bound to the account, so that nobody ends another's session. */
export async function revokeSession(
  tx: Tx,
  accountId: string,
  sessionId: string,
  { reason, at }: Revocation,
): Promise<boolean> {
  const result = await tx.db
    .updateTable('user_sessions')
    .set({ revoked_at: at, revoked_reason: reason })
    .where('id', '=', sessionId)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Ends every session of the account. */
export async function revokeAllSessions(
  tx: Tx,
  accountId: string,
  { reason, at }: Revocation,
): Promise<void> {
  await tx.db
    .updateTable('user_sessions')
    .set({ revoked_at: at, revoked_reason: reason })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

export function toSession(row: Selectable<UserSessionsTable>): StoredSession {
  return {
    id: row.id,
    accountId: row.account_id,
    method: row.method as SignInMethod,
    deviceName: row.device_name,
    platform: row.platform,
    fingerprint: row.fingerprint,
    network: row.network,
    chosenTenant: row.chosen_tenant,
    onlyTenant: row.only_tenant,
    authenticatedAt: row.authenticated_at,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    revokedAt: row.revoked_at,
  }
}
