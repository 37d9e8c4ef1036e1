import type { TenantContext } from '../../../platform/database/database.ts'
import { sessionBound } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { findSession } from '../store/sessions.ts'

/**
 * Keeps who came by somebody else's link out of what belongs to the account as a whole (its devices, its ways to sign in),
 * where the account also belongs to organisations that are none of the link's maker's business.
 * @throws Problem 403 `session.bound`
 */
export async function requireWholeAccount(
  { database, organisations }: Pick<Parts, 'database' | 'organisations'>,
  { accountId, sessionId }: TenantContext,
): Promise<void> {
  const bound = await database.account(accountId, async (tx) => {
    const only = (await findSession(tx, sessionId))?.onlyTenant ?? null
    if (only === null) return false
    return (await organisations.membershipsOf(tx)).some(({ tenantId }) => tenantId !== only)
  })
  if (bound) throw sessionBound()
}
