import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Connection } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { cookieName, PROVIDER_COOKIE } from '../rules/cookie.ts'
import { insertIdentity, type ProviderIdentity } from '../store/identities.ts'
import { takePending } from '../store/provider-states.ts'
import { insertSecurityEvent } from '../store/security-events.ts'
import { hashToken } from '../tokens/opaque.ts'

/** The hash of the token that binds a trip to a provider to this browser. */
export function browserHashOf(connection: Connection): Buffer | undefined {
  const token = connection.cookies[cookieName(PROVIDER_COOKIE, connection)]
  return token ? hashToken(token) : undefined
}

/** Links the identity, if any, that waits in this browser for the account which has just been proved in it. */
export async function linkPendingIdentity(
  parts: Pick<Parts, 'clock' | 'random'>,
  tx: Tx,
  connection: Connection,
  accountId: string,
): Promise<void> {
  const browserHash = browserHashOf(connection)
  if (browserHash === undefined) return
  const identity = await takePending(tx, { browserHash, accountId }, new Date(parts.clock.now()))
  if (identity !== undefined) await linkIdentity(parts, tx, accountId, identity)
}

/** Adds an identity to an account and writes it down; false when it is somebody's already. */
export async function linkIdentity(
  { clock, random }: Pick<Parts, 'clock' | 'random'>,
  tx: Tx,
  accountId: string,
  { issuer, subject, provider, label, verifiedEmail }: ProviderIdentity,
): Promise<boolean> {
  const at = new Date(clock.now())
  const identity = { issuer, subject, provider, label, verifiedEmail }
  if (!(await insertIdentity(tx, { ...identity, id: uuidv7(clock, random), accountId, createdAt: at })))
    return false
  const event = { id: uuidv7(clock, random), accountId, details: { provider, issuer }, at }
  await insertSecurityEvent(tx, { ...event, action: 'identity.linked' })
  return true
}
