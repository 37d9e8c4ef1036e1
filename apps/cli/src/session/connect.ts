import { ApiError, type Client, createClient } from '@stoa/sdk'
import { CliError } from '../errors.ts'
import { type SharedTokens, sharedTokens } from './shared-tokens.ts'
import type { SessionStore } from './store.ts'

/** Whoever is signed in on this terminal, at one server. */
export interface Account {
  /** Scheme and host of the server. */
  readonly origin: string
  readonly client: Client
  /** Where the client's access tokens come from. Rejects with CliError when nobody is signed in (any more). */
  readonly tokens: SharedTokens
}

/** A client that acts as whoever is signed in on this terminal. */
export const connect = (url: string, store: SessionStore): Client => signedIn(url, store).client

/** A refresh token is used once: its successor is kept before the access token is used. */
export function signedIn(url: string, store: SessionStore): Account {
  const origin = new URL(url).origin
  const open = createClient({ baseUrl: origin })
  const tokens = sharedTokens(async () => {
    const refresh_token = await store.get(origin)
    if (refresh_token === undefined) throw notSignedIn(origin)
    const session = await open.call('refreshSession', { body: { refresh_token } }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) throw notSignedIn(origin)
      throw error
    })
    if (session.refresh_token !== undefined) await store.set(origin, session.refresh_token)
    return session.access_token
  })
  return { origin, tokens, client: createClient({ baseUrl: origin, tokens }) }
}

function notSignedIn(origin: string): CliError {
  const how =
    'On the machine of the server: stoa sign-in-link; elsewhere ask for a link in Settings. Then: stoa sign-in LINK.'
  return new CliError('cli.signed_out', `Not signed in at ${origin}. ${how}`)
}
