import { type Connection, operation, type Request } from '../../../platform/http/operation.ts'
import type { Parts } from '../parts.ts'
import { type Arrival, arrive } from '../providers/arrive.ts'
import { failureFacts } from '../providers/failure.ts'
import { browserHashOf } from '../providers/pending.ts'
import type { ProvidedPerson, Provider } from '../providers/provider.ts'
import { PROVIDER_COOKIE, setCookie } from '../rules/cookie.ts'
import { signedIn } from '../sessions/sign-in.ts'
import { enterSignIn } from '../store/doors.ts'
import { type ProviderState, takeProviderState } from '../store/provider-states.ts'
import { hashToken } from '../tokens/opaque.ts'
import { redirect } from './start-provider-sign-in.ts'

type Query = Request<'finishProviderSignIn'>['query']

/** Every end of this is a page: the app, or the sign-in page with the reason. */
export const finishProviderSignIn = (parts: Parts) =>
  operation('finishProviderSignIn', async ({ params, query, connection, log }) => {
    const provider = parts.providers.get(params.provider)
    const trip = provider && (await takeTrip(parts, provider, query, connection))
    if (provider === undefined || trip === undefined) return failed('provider.state_invalid', connection)
    if (query.error !== undefined) {
      log.info({ action: 'provider_refused', provider: provider.id, reason: query.error })
      return failed(query.error === 'access_denied' ? 'provider.denied' : 'provider.failed', connection)
    }
    let person: ProvidedPerson
    try {
      const { redirectUri, nonce, codeVerifier } = trip
      const expected = { redirectUri, nonce, codeVerifier, state: query.state ?? '' }
      person = await provider.identify(expected, callbackUrl(redirectUri, query))
    } catch (error) {
      log.warn({ action: 'provider_failed', provider: provider.id, step: 'finish', ...failureFacts(error) })
      return failed('provider.failed', connection)
    }
    return await answer(parts, trip, connection, await arrive(parts, { trip, person, connection }))
  })

/** The one answer that belongs to a trip which this browser began; a second one with the same state is refused. */
async function takeTrip(
  { database, clock }: Parts,
  { id }: Provider,
  { state }: Query,
  connection: Connection,
): Promise<ProviderState | undefined> {
  const browserHash = browserHashOf(connection)
  if (state === undefined || browserHash === undefined) return undefined
  const key = { stateHash: hashToken(state), browserHash, provider: id }
  return await database.account(null, async (tx) => {
    await enterSignIn(tx)
    return await takeProviderState(tx, key, new Date(clock.now()))
  })
}

/** The address the provider was told, with what it sent: never what the request says about itself. */
function callbackUrl(redirectUri: string, { code, state, iss }: Query): URL {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ code, state, iss }))
    if (value !== undefined) url.searchParams.set(name, value)
  return url
}

async function answer(parts: Parts, { returnTo }: ProviderState, connection: Connection, arrival: Arrival) {
  const forget = setCookie(PROVIDER_COOKIE, connection, '', 0)
  if (arrival.kind === 'refused') return failed(arrival.code, connection)
  // The cookie stays: it is what the waiting identity is found by once the account has been proved.
  if (arrival.kind === 'prove') return redirect('/sign-in?error=provider.prove_account')
  if (arrival.kind === 'linked') return redirect(returnTo, [forget])
  const { headers } = await signedIn(parts, arrival.opened, { connection, returnRefreshToken: false })
  return redirect(returnTo, [headers['set-cookie'] ?? '', forget])
}

function failed(code: string, connection: Connection) {
  return redirect(`/sign-in?error=${code}`, [setCookie(PROVIDER_COOKIE, connection, '', 0)])
}
