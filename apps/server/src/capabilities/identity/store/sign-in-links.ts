import type { Tx } from '../../../platform/database/database.ts'

export const LINK_LIFE_MS = 15 * 60_000

export interface NewSignInLink {
  readonly hash: Buffer
  readonly accountId: string
  /** Absent: made on the server's terminal. */
  readonly createdBy?: string | undefined
  /** The only organisation that the session of the link may enter. */
  readonly onlyTenant?: string | undefined
  /** When the account was proved, if using the link proves nothing new. */
  readonly authenticatedAt?: Date | undefined
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertSignInLink(tx: Tx, link: NewSignInLink): Promise<void> {
  await tx.db
    .insertInto('sign_in_links')
    .values({
      hash: link.hash,
      account_id: link.accountId,
      created_by: link.createdBy ?? null,
      only_tenant: link.onlyTenant ?? null,
      authenticated_at: link.authenticatedAt ?? null,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute()
}

export interface TakenLink {
  readonly accountId: string
  readonly onlyTenant: string | null
  readonly authenticatedAt: Date | null
}

/** Uses the link up; undefined when it is unknown, expired or used. Of two at once, one gets it. */
export async function takeSignInLink(tx: Tx, hash: Buffer, now: Date): Promise<TakenLink | undefined> {
  const row = await tx.db
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account_id', 'only_tenant', 'authenticated_at'])
    .executeTakeFirst()
  return (
    row && { accountId: row.account_id, onlyTenant: row.only_tenant, authenticatedAt: row.authenticated_at }
  )
}

/** No link that was made before opens the account any more. */
export async function deleteSignInLinks(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('sign_in_links').where('account_id', '=', accountId).execute()
}
