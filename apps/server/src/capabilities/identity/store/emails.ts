import type { Tx } from '../../../platform/database/database.ts'

export interface StoredEmail {
  readonly id: string
  readonly accountId: string
  readonly email: string
  readonly verifiedAt: Date | null
  readonly createdAt: Date
}

/** Locks the row, so that two who prove one address at once follow one another. */
export async function lockEmail(tx: Tx, email: string): Promise<StoredEmail | undefined> {
  const row = await tx.db
    .selectFrom('account_emails')
    .selectAll()
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirst()
  return row && toEmail(row)
}

export async function listEmails(tx: Tx, accountId: string): Promise<StoredEmail[]> {
  const rows = await tx.db
    .selectFrom('account_emails')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()
  return rows.map(toEmail)
}

/** Whether the address was free. */
export async function insertEmail(tx: Tx, email: StoredEmail): Promise<boolean> {
  const result = await tx.db
    .insertInto('account_emails')
    .values({
      id: email.id,
      account_id: email.accountId,
      email: email.email,
      verified_at: email.verifiedAt,
      created_at: email.createdAt,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function markEmailVerified(tx: Tx, emailId: string, at: Date): Promise<void> {
  await tx.db.updateTable('account_emails').set({ verified_at: at }).where('id', '=', emailId).execute()
}

export async function deleteEmail(tx: Tx, accountId: string, emailId: string): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('account_emails')
    .where('id', '=', emailId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

interface EmailRow {
  readonly id: string
  readonly account_id: string
  readonly email: string
  readonly verified_at: Date | null
  readonly created_at: Date
}

const toEmail = (row: EmailRow): StoredEmail => ({
  id: row.id,
  accountId: row.account_id,
  email: row.email,
  verifiedAt: row.verified_at,
  createdAt: row.created_at,
})
