import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Locale } from './accounts.ts'

export interface NewChallenge {
  readonly id: string
  readonly email: string
  readonly codeHash: Buffer
  readonly locale: Locale
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Takes turns for one address, so that of many requests at once one sends a code. Held until the transaction ends. */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`email:${email}`}, 0))`.execute(tx.db)
}

/** When codes for this address were asked for since `after`, newest first. */
export async function challengesSince(tx: Tx, email: string, after: Date): Promise<Date[]> {
  const rows = await tx.db
    .selectFrom('email_challenges')
    .select('created_at')
    .where('email', '=', email)
    .where('created_at', '>', after)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ created_at }) => created_at)
}

export async function insertChallenge(tx: Tx, challenge: NewChallenge): Promise<void> {
  await tx.db
    .insertInto('email_challenges')
    .values({
      id: challenge.id,
      email: challenge.email,
      code_hash: challenge.codeHash,
      locale: challenge.locale,
      created_at: challenge.createdAt,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

export interface Attempt {
  readonly codeHash: Buffer
  readonly email: string
  readonly locale: Locale
  /** This one counted. */
  readonly attempts: number
}

/**
 * Counts an attempt before the code is looked at; undefined when there is none left, or the challenge is unknown, expired or
 * used. Guesses that come at once are counted one by one. Must be committed whatever comes of it.
 */
export async function countAttempt(
  tx: Tx,
  id: string,
  now: Date,
  most: number,
): Promise<Attempt | undefined> {
  const row = await tx.db
    .updateTable('email_challenges')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('id', '=', id)
    .where('attempts', '<', most)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['code_hash', 'email', 'locale', 'attempts'])
    .executeTakeFirst()
  return (
    row && { codeHash: row.code_hash, email: row.email, locale: row.locale as Locale, attempts: row.attempts }
  )
}

/** Uses the challenge up; of two right answers at once one gets true. */
export async function useUpChallenge(tx: Tx, id: string, now: Date): Promise<boolean> {
  const result = await tx.db
    .updateTable('email_challenges')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
