import type { Operation } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { getAccount, updateAccount } from './account.ts'
import { completeSetup } from './complete-setup.ts'
import { finishProviderSignIn } from './finish-provider-sign-in.ts'
import { getJsonWebKeySet } from './get-json-web-key-set.ts'
import { getSetup } from './get-setup.ts'
import { listIdentities, unlinkIdentity } from './identities.ts'
import { redeemSignInLink } from './redeem-sign-in-link.ts'
import { refreshSession } from './refresh-session.ts'
import { requestEmailCode } from './request-email-code.ts'
import { listSessions, revokeSession } from './sessions.ts'
import { signOut } from './sign-out.ts'
import { startProviderSignIn } from './start-provider-sign-in.ts'
import { verifyEmailCode } from './verify-email-code.ts'

export function operationsOf(parts: Parts): Operation[] {
  return [
    getJsonWebKeySet(parts),
    getSetup(parts),
    completeSetup(parts),
    requestEmailCode(parts),
    verifyEmailCode(parts),
    redeemSignInLink(parts),
    startProviderSignIn(parts),
    finishProviderSignIn(parts),
    refreshSession(parts),
    signOut(parts),
    getAccount(),
    updateAccount(parts),
    listSessions(parts),
    revokeSession(parts),
    listIdentities(parts),
    unlinkIdentity(parts),
  ]
}
