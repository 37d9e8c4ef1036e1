import { operation } from '../../../platform/http/operation.ts'
import { linkExpired } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { openSession, signedIn } from '../sessions/sign-in.ts'
import { enterSignIn } from '../store/doors.ts'
import { takeSignInLink } from '../store/sign-in-links.ts'
import { hashToken } from '../tokens/opaque.ts'

export const redeemSignInLink = (parts: Parts) =>
  operation('redeemSignInLink', async ({ body, connection }) => {
    const opened = await parts.database.account(null, async (tx) => {
      await enterSignIn(tx)
      const link = await takeSignInLink(tx, hashToken(body.token), new Date(parts.clock.now()))
      if (link === undefined) throw linkExpired()
      return await openSession(parts, tx, {
        ...{ accountId: link.accountId, method: 'link', connection, deviceName: body.device_name },
        onlyTenant: link.onlyTenant ?? undefined,
        authenticatedAt: link.authenticatedAt ?? undefined,
      })
    })
    const options = { connection, returnRefreshToken: body.return_refresh_token === true }
    return { status: 200, ...(await signedIn(parts, opened, options)) }
  })
