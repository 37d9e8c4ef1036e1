import type { Operation } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { getAccount, updateAccount } from './account.ts'
import { completeSetup } from './complete-setup.ts'
import { getJsonWebKeySet } from './get-json-web-key-set.ts'
import { getSetup } from './get-setup.ts'
import { redeemSignInLink } from './redeem-sign-in-link.ts'
import { refreshSession } from './refresh-session.ts'
import { listSessions, revokeSession } from './sessions.ts'
import { signOut } from './sign-out.ts'

export function operationsOf(parts: Parts): Operation[] {
  return [
    getJsonWebKeySet(parts),
    getSetup(parts),
    completeSetup(parts),
    redeemSignInLink(parts),
    refreshSession(parts),
    signOut(parts),
    getAccount(),
    updateAccount(),
    listSessions(parts),
    revokeSession(parts),
  ]
}
