import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Parts } from '../parts.ts'
import { insertAccount, type Locale } from '../store/accounts.ts'
import { insertEmail } from '../store/emails.ts'
import { insertSecurityEvent } from '../store/security-events.ts'

export interface SignUp {
  readonly displayName: string
  readonly locale: Locale
  /** An address that has been proved. */
  readonly email: string | null
  /** How, for the account's history. */
  readonly by: string
}

/** Makes an account that nobody invited, with an organisation of its own: it can be renamed, and others be invited. */
export async function signUp(
  { clock, random, organisations }: Pick<Parts, 'clock' | 'random' | 'organisations'>,
  tx: Tx,
  { displayName, locale, email, by }: SignUp,
): Promise<string> {
  const id = () => uuidv7(clock, random)
  const [accountId, tenantId] = [id(), id()]
  const at = new Date(clock.now())
  await insertAccount(tx, { id: accountId, displayName, locale, timeZone: 'UTC', createdAt: at })
  if (email !== null) await insertEmail(tx, { id: id(), accountId, email, verifiedAt: at, createdAt: at })
  const details = { by, email_proved: email !== null }
  await insertSecurityEvent(tx, { id: id(), accountId, action: 'account.created', details, at })
  await organisations.found(tx, { tenantId, name: displayName, ownerId: accountId, locale })
  return accountId
}
