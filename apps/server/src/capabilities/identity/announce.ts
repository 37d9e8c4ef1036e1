import { uuidv7 } from '@stoa/kernel'
import { linkForNobody } from './errors.ts'
import type { Parts } from './parts.ts'
import { normalizeEmail } from './rules/address.ts'
import { addSetupToken, findInstallationOwner } from './store/accounts.ts'
import { enterSignIn } from './store/doors.ts'
import { lockEmail } from './store/emails.ts'
import { insertSecurityEvent } from './store/security-events.ts'
import { insertSignInLink, LINK_LIFE_MS } from './store/sign-in-links.ts'
import { hashToken, newToken } from './tokens/opaque.ts'

type AnnounceParts = Pick<Parts, 'database' | 'clock' | 'random'>

/**
 * What the server prints when it is ready: the address of the app, before there is an owner with a one-time set-up token.
 * Links printed by earlier starts stay good until one of them is used.
 */
export async function announce(
  { database, clock, random }: AnnounceParts,
  baseUrl: string,
): Promise<string[]> {
  const token = newToken(random)
  const claimed = await database.account(null, async (tx) => {
    await enterSignIn(tx)
    if ((await findInstallationOwner(tx)) !== undefined) return true
    await addSetupToken(tx, hashToken(token), new Date(clock.now()))
    return false
  })
  return [claimed ? baseUrl : `${baseUrl}/setup#token=${token}`]
}

/**
 * A one-time sign-in link for the terminal: for the installation's owner, or for the account with this address.
 * @throws StoaError `link.nobody` when there is no such account
 */
export async function terminalSignInLink(
  { database, clock, random }: AnnounceParts,
  { baseUrl, email }: { readonly baseUrl: string; readonly email?: string | undefined },
): Promise<{ readonly url: string; readonly expiresAt: Date }> {
  const token = newToken(random)
  const now = clock.now()
  const expiresAt = new Date(now + LINK_LIFE_MS)
  await database.account(null, async (tx) => {
    await enterSignIn(tx)
    const known = email === undefined ? undefined : await lockEmail(tx, normalizeEmail(email))
    const accountId = email === undefined ? await findInstallationOwner(tx) : known?.accountId
    if (accountId === undefined) throw linkForNobody()
    const at = new Date(now)
    await insertSignInLink(tx, { hash: hashToken(token), accountId, createdAt: at, expiresAt })
    const id = uuidv7(clock, random)
    await insertSecurityEvent(tx, { id, accountId, action: 'link.created', details: { by: 'terminal' }, at })
  })
  return { url: signInUrl(baseUrl, token), expiresAt }
}

/** The token stands after `#`, so that it reaches no server log and no referrer. */
export const signInUrl = (baseUrl: string, token: string): string => `${baseUrl}/sign-in#token=${token}`
