import { type Client, createClient } from '@stoa/sdk'
import type { Server } from './server.ts'

export interface Owner {
  readonly client: Client
  readonly tenantId: string
  readonly accountId: string
}

/** Sets a new installation up and gives a client that acts as its owner, for as long as a benchmark runs. */
export async function becomeOwner(server: Server): Promise<Owner> {
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
  const tokens = { get: async () => session.access_token, renew }
  return {
    client: createClient({ baseUrl: server.url, tokens }),
    tenantId: session.tenant?.tenant_id ?? '',
    accountId: session.account.id,
  }
}
