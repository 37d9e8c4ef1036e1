import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { signUpClosed } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { nameFromEmail } from '../rules/address.ts'
import type { Locale } from '../store/accounts.ts'
import { lockEmail, markEmailVerified, type StoredEmail } from '../store/emails.ts'
import { deleteOtherIdentities } from '../store/identities.ts'
import { insertSecurityEvent } from '../store/security-events.ts'
import { revokeAllSessions } from '../store/sessions.ts'
import { deleteSignInLinks } from '../store/sign-in-links.ts'
import { signUp } from './sign-up.ts'

type ProveParts = Pick<Parts, 'clock' | 'random' | 'settings' | 'organisations'>

/**
 * The account of an address whose owner has just proved it. An address that was only claimed until now was perhaps claimed
 * by somebody else: its account is taken over, every session and every way in made before ends.
 * @throws Problem 403 `sign_up.closed` when there is no account and none may be made
 */
export async function accountOfProvedAddress(
  parts: ProveParts,
  tx: Tx,
  { email, locale }: { readonly email: string; readonly locale: Locale },
): Promise<string> {
  const known = await lockEmail(tx, email)
  if (known === undefined) {
    if (!parts.settings.allowSignUp) throw signUpClosed()
    return await signUp(parts, tx, { displayName: nameFromEmail(email), locale, email, by: 'email_code' })
  }
  if (known.verifiedAt === null) await takeOver(parts, tx, known)
  return known.accountId
}

async function takeOver(
  { clock, random }: ProveParts,
  tx: Tx,
  { id, accountId, email }: StoredEmail,
): Promise<void> {
  const at = new Date(clock.now())
  await markEmailVerified(tx, id, at)
  await revokeAllSessions(tx, accountId, { reason: 'email_proved', at })
  await deleteSignInLinks(tx, accountId)
  const removed = await deleteOtherIdentities(tx, accountId, email)
  const details = { identities_removed: removed }
  await insertSecurityEvent(tx, {
    id: uuidv7(clock, random),
    accountId,
    action: 'email.verified',
    details,
    at,
  })
}
