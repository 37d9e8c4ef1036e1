import { ApiError, type Client, createClient, type TokenSource } from '@stoa/sdk'
import { CliError } from '../errors.ts'
import type { SessionStore } from './store.ts'

/**
 * A client that acts as whoever is signed in on this terminal. A refresh token is used once: its successor is kept before
 * the access token is used.
 */
export function connect(url: string, store: SessionStore): Client {
  const origin = new URL(url).origin
  const open = createClient({ baseUrl: origin })
  let current: Promise<string | undefined> | undefined
  const renew = async (): Promise<string | undefined> => {
    const refresh_token = await store.get(origin)
    if (refresh_token === undefined) throw notSignedIn(origin)
    const session = await open.call('refreshSession', { body: { refresh_token } }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) throw notSignedIn(origin)
      throw error
    })
    if (session.refresh_token !== undefined) await store.set(origin, session.refresh_token)
    return session.access_token
  }
  const tokens: TokenSource = {
    get: () => (current ??= renew()),
    async renew(refused) {
      if ((await current) === refused) current = renew()
      return current
    },
  }
  return createClient({ baseUrl: origin, tokens })
}

function notSignedIn(origin: string): CliError {
  const how =
    'On the machine of the server: stoa sign-in-link; elsewhere ask for a link in Settings. Then: stoa sign-in LINK.'
  return new CliError('cli.signed_out', `Not signed in at ${origin}. ${how}`)
}
