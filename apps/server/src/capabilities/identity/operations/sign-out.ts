import { operation } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { REFRESH_COOKIE, setCookie } from '../rules/cookie.ts'
import { givenToken } from '../sessions/presented-token.ts'
import { enterSignIn } from '../store/doors.ts'

/** Always answers the same: whoever signs out is out, whatever the token was worth. */
export const signOut = ({ database, sessions, states }: Parts) =>
  operation('signOut', async ({ body, connection }) => {
    const given = givenToken(connection, body?.refresh_token)
    if (given === undefined) return { status: 204, body: undefined }
    const accountId = await database.account(null, async (tx) => {
      await enterSignIn(tx)
      const presented = await sessions.present(tx, given.token)
      if (presented !== undefined) await sessions.end(tx, presented.session, 'signed_out')
      return presented?.session.accountId
    })
    if (accountId !== undefined) states.forget(accountId)
    if (given.from === 'body') return { status: 204, body: undefined }
    return {
      status: 204,
      body: undefined,
      headers: { 'set-cookie': setCookie(REFRESH_COOKIE, connection, '', 0) },
    }
  })
