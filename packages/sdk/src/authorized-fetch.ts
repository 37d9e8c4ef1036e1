import { ConnectionError } from './errors.ts'

/** Where access tokens come from. A session store, a file of the CLI, a fixed token of a test. */
export interface TokenSource {
  /** The token to send; `undefined` to send none. */
  get(): Promise<string | undefined> | string | undefined
  /**
   * Called when the server refused `refused` (401): gives a new one, or `undefined` when signed out. Several requests may ask
   * at once and should share one renewal.
   */
  renew?(refused: string | undefined): Promise<string | undefined>
}

/** As `fetch`, given a whole request. */
export type Fetch = (request: Request) => Promise<Response>

/** Sends with the access token; on 401 renews it and sends once more. @throws ConnectionError */
export function authorizedFetch(fetch: Fetch, tokens: TokenSource | undefined): Fetch {
  if (!tokens) return (request) => reach(fetch, request)
  return async (request) => {
    const again = request.clone()
    const token = await tokens.get()
    const response = await reach(fetch, withToken(request, token))
    if (response.status !== 401 || !tokens.renew) return response
    const renewed = await tokens.renew(token)
    if (renewed === undefined || renewed === token) return response
    await response.body?.cancel()
    return reach(fetch, withToken(again, renewed))
  }
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
  return request
}

async function reach(fetch: Fetch, request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new ConnectionError('The server cannot be reached.', { cause })
  }
}
