import { isStoaError } from '@stoa/kernel'
import { type Connection, operation } from '../../../platform/http/operation.ts'
import { providerNotFound, reauthenticationRequired, refreshMissing } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { failureFacts } from '../providers/failure.ts'
import type { Trip } from '../providers/provider.ts'
import { PROVIDER_COOKIE, setCookie } from '../rules/cookie.ts'
import { isFresh } from '../rules/linking.ts'
import { cookieToken } from '../sessions/presented-token.ts'
import { enterSignIn } from '../store/doors.ts'
import { insertProviderState } from '../store/provider-states.ts'
import { hashToken, newToken } from '../tokens/opaque.ts'

export const TRIP_MS = 10 * 60_000

/** A browser comes here by itself, so what goes wrong is told by the sign-in page, not by a problem document. */
export const startProviderSignIn = (parts: Parts) =>
  operation('startProviderSignIn', async ({ params, query, connection, log }) => {
    const provider = parts.providers.get(params.provider)
    if (provider === undefined) throw providerNotFound()
    try {
      const link = query.link === true ? await linkingSession(parts, connection) : undefined
      const trip = newTrip(parts, connection, provider.id)
      const location = await provider.authorizationUrl(trip)
      const browser = newToken(parts.random)
      await rememberTrip(parts, trip, {
        provider: provider.id,
        browser,
        returnTo: query.return_to ?? '/',
        link,
      })
      const cookie = setCookie(PROVIDER_COOKIE, connection, browser, TRIP_MS / 1000)
      return redirect(location.href, [cookie])
    } catch (error) {
      if (isStoaError(error)) return redirect(`/sign-in?error=${error.code}`)
      log.warn({ action: 'provider_failed', provider: provider.id, step: 'start', ...failureFacts(error) })
      return redirect('/sign-in?error=provider.unavailable')
    }
  })

export function redirect(location: string, cookies: readonly string[] = []) {
  const headers = {
    location,
    'cache-control': 'no-store',
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
  }
  return { status: 302 as const, body: undefined, headers }
}

function newTrip({ random }: Parts, { baseUrl }: Connection, provider: string): Trip {
  const redirectUri = `${baseUrl}/api/v1/auth/providers/${provider}/callback`
  return { redirectUri, state: newToken(random), nonce: newToken(random), codeVerifier: newToken(random) }
}

/** The session that wants to link, proved a moment ago. A page of ours opened this address, or the cookie is not sent. */
async function linkingSession(parts: Parts, connection: Connection) {
  const token = cookieToken(connection)
  const presented = await parts.database.account(null, async (tx) => {
    await enterSignIn(tx)
    return token && (await parts.sessions.present(tx, token))
  })
  if (!presented || (presented.verdict !== 'rotate' && presented.verdict !== 'resend')) throw refreshMissing()
  const { session } = presented
  if (!isFresh(session.authenticatedAt, parts.clock.now())) throw reauthenticationRequired()
  return { accountId: session.accountId, sessionId: session.id }
}

interface TripFacts {
  readonly provider: string
  readonly browser: string
  readonly returnTo: string
  readonly link: { readonly accountId: string; readonly sessionId: string } | undefined
}

async function rememberTrip({ database, clock }: Parts, trip: Trip, facts: TripFacts): Promise<void> {
  const now = clock.now()
  const { state, nonce, codeVerifier, redirectUri } = trip
  const { provider, browser, returnTo, link } = facts
  await database.account(null, async (tx) => {
    await enterSignIn(tx)
    await insertProviderState(tx, {
      ...{ stateHash: hashToken(state), browserHash: hashToken(browser), provider, nonce, codeVerifier },
      ...{ redirectUri, returnTo, link, createdAt: new Date(now), expiresAt: new Date(now + TRIP_MS) },
    })
  })
}
