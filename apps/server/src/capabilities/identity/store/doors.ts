import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/**
 * Opens the tables of accounts to this transaction (policy `sign_in`): for looking up whom a token, a code or a link
 * belongs to. Nothing outside this capability calls it.
 */
export async function enterSignIn(tx: Tx): Promise<void> {
  await sql`select set_config('stoa.purpose', 'sign_in', true)`.execute(tx.db)
}

/** From now on the transaction acts for the account that has been found. Not for transactions of a tenant. */
export async function actAs(tx: Tx, accountId: string): Promise<void> {
  await sql`select set_config('stoa.account', ${accountId}, true)`.execute(tx.db)
}
