import { type Client, createClient } from '@stoa/sdk'
import type { Server } from './server.ts'

/** Sets a new installation up and gives a client that acts as its owner, for as long as a benchmark runs. */
export async function becomeOwner(server: Server): Promise<Client> {
  const open = createClient({ baseUrl: server.url })
  const token = await server.says(/token=([\w-]+)/)
  let session = await open.call('completeSetup', {
    body: {
      ...{ token, organisation_name: 'Bench', display_name: 'Owner', locale: 'en', time_zone: 'UTC' },
      return_refresh_token: true,
    },
  })
  const renew = async (): Promise<string> => {
    session = await open.call('refreshSession', { body: { refresh_token: session.refresh_token ?? '' } })
    return session.access_token
  }
  return createClient({ baseUrl: server.url, tokens: { get: async () => session.access_token, renew } })
}
