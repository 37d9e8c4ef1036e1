import { uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import { type Connection, operation } from '../../../platform/http/operation.ts'
import { codeExpired, codeWrong, notMemberOfTenant } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { linkPendingIdentity } from '../providers/pending.ts'
import { MAX_ATTEMPTS } from '../rules/challenge.ts'
import { networkOf } from '../rules/device.ts'
import { accountOfProvedAddress } from '../sessions/prove-address.ts'
import { openSession, signedIn } from '../sessions/sign-in.ts'
import { type Attempt, countAttempt, useUpChallenge } from '../store/challenges.ts'
import { actAs, enterSignIn } from '../store/doors.ts'
import { insertSecurityEvent } from '../store/security-events.ts'
import { hashCode, sameBytes } from '../tokens/opaque.ts'

export const verifyEmailCode = (parts: Parts) =>
  operation('verifyEmailCode', async ({ body, connection }) => {
    const { challenge_id: id, tenant_id: tenantId } = body
    const attempt = await tryCode(parts, connection, id, body.code)
    const opened = await parts.database.account(null, async (tx) => {
      await enterSignIn(tx)
      if (!(await useUpChallenge(tx, id, new Date(parts.clock.now())))) throw codeExpired()
      const accountId = await accountOfProvedAddress(parts, tx, attempt)
      if (tenantId !== undefined) await requireMember(parts, tx, accountId, tenantId)
      await linkPendingIdentity(parts, tx, connection, accountId)
      const signIn = {
        accountId,
        tenantId,
        method: 'email_code',
        connection,
        deviceName: body.device_name,
      } as const
      return await openSession(parts, tx, signIn)
    })
    const options = {
      connection,
      returnRefreshToken: body.return_refresh_token === true,
      tenantId,
    }
    return { status: 200, ...(await signedIn(parts, opened, options)) }
  })

/** Counts the attempt, then compares: a crash or a cancelled request gives no free guess. @throws Problem 403, 410 */
async function tryCode(parts: Parts, connection: Connection, id: string, code: string): Promise<Attempt> {
  const { clock, random, keys } = parts
  const now = new Date(clock.now())
  const attempt = await parts.database.account(null, async (tx) => {
    await enterSignIn(tx)
    const counted = await countAttempt(tx, id, now, MAX_ATTEMPTS)
    const right = counted !== undefined && sameBytes(counted.codeHash, hashCode(keys, id, code))
    if (!right) {
      const details = { challenge_id: id, attempts: counted?.attempts ?? null }
      const event = {
        id: uuidv7(clock, random),
        accountId: null,
        network: networkOf(connection.ip),
        details,
        at: now,
      }
      await insertSecurityEvent(tx, { ...event, action: 'code.refused' })
    }
    return counted && { ...counted, right }
  })
  if (attempt === undefined) throw codeExpired()
  if (!attempt.right) throw codeWrong(MAX_ATTEMPTS - attempt.attempts)
  return attempt
}

/** @throws Problem 403: nothing is committed, so the code may be used again without the wish */
async function requireMember(
  { organisations }: Parts,
  tx: Tx,
  accountId: string,
  tenantId: string,
): Promise<void> {
  await actAs(tx, accountId)
  if ((await organisations.roleIn(tx, tenantId)) === undefined) throw notMemberOfTenant()
}
