import type { paths } from '@stoa/contracts'
import createClient from 'openapi-fetch'
import { session } from './browser-session.ts'
import { errorOf, OfflineError } from './problem.ts'

/** Sends with the access token; renews it once when the server says 401. */
async function authorizedFetch(request: Request): Promise<Response> {
  const token = await session.accessToken()
  const response = await send(request.clone(), token)
  if (response.status !== 401) return response
  session.forgetToken(token)
  return send(request, await session.accessToken())
}

async function send(request: Request, token?: string): Promise<Response> {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
  try {
    return await fetch(request)
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new OfflineError('The server cannot be reached.', { cause })
  }
}

/** The API for the signed-in account: `ok(api.GET('/api/v1/books', { params: { query } }))`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorizedFetch })

/** The operations that need no token: set-up, sign-in, invitations. */
export const openApi = createClient<paths>({ baseUrl: location.origin, fetch: (request) => send(request) })

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/**
 * The body of a success.
 * @throws ApiError for a problem; OfflineError when the server cannot be reached.
 */
export async function ok<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer
  if (!response.ok) throw errorOf(response, error)
  return data as Data
}

/** A key that makes a retried write one write. Make it once per act, not once per try. */
export const idempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
