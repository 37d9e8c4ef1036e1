import type { Tx } from '../../../platform/database/database.ts'

/** An account at a provider. `issuer` and `subject` name it; the label and the address are only shown. */
export interface ProviderIdentity {
  readonly issuer: string
  readonly subject: string
  readonly provider: string
  readonly label: string
  /** The address that the provider has verified, in our form. */
  readonly verifiedEmail: string | null
}

export interface StoredIdentity extends ProviderIdentity {
  readonly id: string
  readonly accountId: string
  readonly createdAt: Date
}

export async function findIdentity(
  tx: Tx,
  issuer: string,
  subject: string,
): Promise<StoredIdentity | undefined> {
  const row = await tx.db
    .selectFrom('account_identities')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row && toIdentity(row)
}

export async function listIdentitiesOf(tx: Tx, accountId: string): Promise<StoredIdentity[]> {
  const rows = await tx.db
    .selectFrom('account_identities')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()
  return rows.map(toIdentity)
}

/** False when this identity is somebody's already. */
export async function insertIdentity(tx: Tx, identity: StoredIdentity): Promise<boolean> {
  const result = await tx.db
    .insertInto('account_identities')
    .values({
      id: identity.id,
      account_id: identity.accountId,
      provider: identity.provider,
      issuer: identity.issuer,
      subject: identity.subject,
      label: identity.label,
      verified_email: identity.verifiedEmail,
      created_at: identity.createdAt,
      last_used_at: identity.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function markIdentityUsed(tx: Tx, identityId: string, label: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('account_identities')
    .set({ last_used_at: at, label })
    .where('id', '=', identityId)
    .execute()
}

export async function deleteIdentity(tx: Tx, accountId: string, identityId: string): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('account_identities')
    .where('id', '=', identityId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Removes the account's identities, except those whose provider verified this very address; returns how many. */
export async function deleteOtherIdentities(tx: Tx, accountId: string, email: string): Promise<number> {
  const result = await tx.db
    .deleteFrom('account_identities')
    .where('account_id', '=', accountId)
    .where((is) => is.or([is('verified_email', 'is', null), is('verified_email', '<>', email)]))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

interface IdentityRow {
  readonly id: string
  readonly account_id: string
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  readonly label: string
  readonly verified_email: string | null
  readonly created_at: Date
}

const toIdentity = (row: IdentityRow): StoredIdentity => ({
  id: row.id,
  accountId: row.account_id,
  provider: row.provider,
  issuer: row.issuer,
  subject: row.subject,
  label: row.label,
  verifiedEmail: row.verified_email,
  createdAt: row.created_at,
})
