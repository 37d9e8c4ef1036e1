import { hostname } from 'node:os'
import { createClient } from '@stoa/sdk'
import { CliError } from '../errors.ts'
import type { SessionStore } from '../session/store.ts'

/** `stoa sign-in LINK`: uses a one-time link and keeps the session for later commands. */
export async function signIn(
  link: string,
  store: SessionStore,
  print: (text: string) => void,
): Promise<void> {
  const { origin, token } = parseLink(link)
  const session = await createClient({ baseUrl: origin }).call('redeemSignInLink', {
    body: { token, device_name: `stoa, ${hostname()}`.slice(0, 80), return_refresh_token: true },
  })
  if (session.refresh_token === undefined)
    throw new CliError('cli.not_stoa', 'The server gave no session to keep.')
  await store.set(origin, session.refresh_token)
  const where = session.tenant === null ? '' : ` in ${session.tenant.name}`
  print(`Signed in at ${origin} as ${session.account.display_name}${where}.`)
}

/** `stoa sign-out`: ends the session on the server, and forgets it here even when the server cannot be reached. */
export async function signOut(
  url: string,
  store: SessionStore,
  print: (text: string) => void,
): Promise<void> {
  const { origin } = new URL(url)
  const refresh_token = await store.get(origin)
  if (refresh_token === undefined) return print(`Not signed in at ${origin}.`)
  await store.remove(origin)
  await createClient({ baseUrl: origin }).call('signOut', { body: { refresh_token } })
  print(`Signed out at ${origin}.`)
}

/** `https://read.example/sign-in#token=…` */
function parseLink(link: string): { origin: string; token: string } {
  const url = URL.parse(link)
  const token = new URLSearchParams(url?.hash.slice(1)).get('token')
  if (!url || !token)
    throw new CliError('cli.usage', 'That is no sign-in link; one looks like https://…/sign-in#token=…')
  return { origin: url.origin, token }
}
