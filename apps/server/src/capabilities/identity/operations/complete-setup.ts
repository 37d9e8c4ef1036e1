import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { operation } from '../../../platform/http/operation.ts'
import { setupClaimed, setupTokenWrong } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { normalizeEmail } from '../rules/address.ts'
import { requireTimeZone } from '../rules/time-zone.ts'
import { openSession, signedIn } from '../sessions/sign-in.ts'
import {
  claimInstallation,
  deleteSetupTokens,
  findInstallationOwner,
  insertAccount,
  isSetupToken,
} from '../store/accounts.ts'
import { enterSignIn } from '../store/doors.ts'
import { insertEmail } from '../store/emails.ts'
import { hashToken } from '../tokens/opaque.ts'

/** One transaction makes the account, the claim, the organisation and the session: all or nothing, and once. */
export const completeSetup = (parts: Parts) =>
  operation('completeSetup', async ({ body, connection }) => {
    const { clock, random } = parts
    requireTimeZone(body.time_zone)
    const [accountId, tenantId] = [uuidv7(clock, random), uuidv7(clock, random)]
    const now = new Date(clock.now())
    const opened = await parts.database.tenant({ tenantId, accountId }, async (tx) => {
      await enterSignIn(tx)
      await checkSetupToken(tx, body.token)
      const { display_name: displayName, locale, time_zone: timeZone } = body
      await insertAccount(tx, { id: accountId, displayName, locale, timeZone, createdAt: now })
      if (!(await claimInstallation(tx, accountId, now))) throw setupClaimed()
      await deleteSetupTokens(tx)
      // Who can read the server's terminal may tell an address without proving it.
      const email = body.email && normalizeEmail(body.email)
      if (email)
        await insertEmail(tx, {
          id: uuidv7(clock, random),
          accountId,
          email,
          verifiedAt: now,
          createdAt: now,
        })
      await parts.organisations.found(tx, {
        tenantId,
        name: body.organisation_name,
        ownerId: accountId,
        locale,
      })
      return openSession(parts, tx, {
        accountId,
        tenantId,
        method: 'setup',
        connection,
        deviceName: body.device_name,
      })
    })
    const options = { connection, returnRefreshToken: body.return_refresh_token === true }
    return { status: 201, ...(await signedIn(parts, opened, options)) }
  })

/** @throws Problem 410 when there is an owner, 403 when the token is none of ours */
async function checkSetupToken(tx: Tx, token: string): Promise<void> {
  // In this order: a claim deletes the tokens, and may be committed between the two questions.
  const known = await isSetupToken(tx, hashToken(token))
  if ((await findInstallationOwner(tx)) !== undefined) throw setupClaimed()
  if (!known) throw setupTokenWrong()
}
