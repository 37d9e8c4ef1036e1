import type { Tx } from '../../../platform/database/database.ts'

export type Locale = 'en' | 'zh'

export interface StoredAccount {
  readonly id: string
  readonly displayName: string
  /** The address that mail goes to: the one proved first, else one that waits to be proved. */
  readonly email: string | null
  readonly locale: Locale
  readonly timeZone: string
  readonly version: number
  readonly createdAt: Date
}

export interface NewAccount {
  readonly id: string
  readonly displayName: string
  readonly locale: Locale
  readonly timeZone: string
  readonly createdAt: Date
}

export async function insertAccount(tx: Tx, account: NewAccount): Promise<void> {
  await tx.db
    .insertInto('accounts')
    .values({
      id: account.id,
      display_name: account.displayName,
      locale: account.locale,
      time_zone: account.timeZone,
      created_at: account.createdAt,
    })
    .execute()
}

export async function findAccount(tx: Tx, accountId: string): Promise<StoredAccount | undefined> {
  const row = await tx.db
    .selectFrom('accounts')
    .leftJoin('people', 'people.account_id', 'accounts.id')
    .selectAll('accounts')
    .select('people.email')
    .where('accounts.id', '=', accountId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      displayName: row.display_name,
      email: row.email,
      locale: row.locale as Locale,
      timeZone: row.time_zone,
      version: row.version,
      createdAt: row.created_at,
    }
  )
}

/** Holds the account until the transaction ends, against changes that must see each other. */
export async function lockAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.db.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute()
}

export interface AccountChange {
  readonly displayName?: string | undefined
  readonly locale?: Locale | undefined
  readonly timeZone?: string | undefined
}

/** Whether the account still was at `version` and was changed. */
export async function updateAccount(
  tx: Tx,
  accountId: string,
  version: number,
  change: AccountChange,
): Promise<boolean> {
  const result = await tx.db
    .updateTable('accounts')
    .set({
      version: version + 1,
      ...(change.displayName !== undefined && { display_name: change.displayName }),
      ...(change.locale !== undefined && { locale: change.locale }),
      ...(change.timeZone !== undefined && { time_zone: change.timeZone }),
    })
    .where('id', '=', accountId)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The account that claimed the installation. */
export async function findInstallationOwner(tx: Tx): Promise<string | undefined> {
  const row = await tx.db.selectFrom('installation').select('owner_account_id').executeTakeFirst()
  return row?.owner_account_id
}

/** Whether this account is the first to claim the installation; of two at once, the second waits and gets false. */
export async function claimInstallation(tx: Tx, accountId: string, at: Date): Promise<boolean> {
  const result = await tx.db
    .insertInto('installation')
    .values({ owner_account_id: accountId, claimed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function addSetupToken(tx: Tx, hash: Buffer, at: Date): Promise<void> {
  await tx.db.insertInto('setup_tokens').values({ hash, created_at: at }).execute()
}

export async function isSetupToken(tx: Tx, hash: Buffer): Promise<boolean> {
  const row = await tx.db
    .selectFrom('setup_tokens')
    .select('hash')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteSetupTokens(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('setup_tokens').execute()
}
