import { createClient } from '@stoa/sdk'
import { session } from './browser-session.ts'
import { errorOf } from './problem.ts'

/** The access token, for what is not HTTP: the socket of live topics. */
export const tokens = {
  get: () => session.accessToken(),
  renew: async (refused: string | undefined) => {
    if (refused !== undefined) session.forgetToken(refused)
    return session.accessToken()
  },
}

/** The client of the signed-in account: live events, and operations by name. */
export const client = createClient({ baseUrl: location.origin, tokens })

/** The API for the signed-in account by path: `ok(api.GET('/api/v1/books', { params: { query } }))`. */
export const api = client.http

/** The operations that need no token: set-up, sign-in, invitations. */
export const openApi = createClient({ baseUrl: location.origin }).http

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
