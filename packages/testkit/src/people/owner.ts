import { type Client, createClient, type TokenSource } from '@stoa/sdk'

/** Who became the owner of a new installation, signed in for as long as the test takes. */
export interface Owner {
  readonly tokens: TokenSource
  readonly client: Client
  readonly accountId: string
  readonly tenantId: string
  readonly workspaceId: string
}

/** Uses the set-up token that a new program has printed. Requests go to `baseUrl`; the access token is renewed when it ends. */
export async function claimInstallation(output: string, baseUrl: string): Promise<Owner> {
  const setup = /#token=(\S+)/.exec(output)?.[1] ?? ''
  const person = { organisation_name: 'Group', display_name: 'Ada', locale: 'en', time_zone: 'UTC' } as const
  const signedOut = createClient({ baseUrl })
  let session = await signedOut.call('completeSetup', {
    body: { token: setup, ...person, return_refresh_token: true },
  })
  let renewing: Promise<string | undefined> | undefined
  const renew = async () => {
    const { refresh_token } = session
    session = await signedOut.call('refreshSession', { body: refresh_token ? { refresh_token } : {} })
    return session.access_token
  }
  const tokens: TokenSource = {
    get: () => session.access_token,
    renew: (refused) => {
      if (refused !== session.access_token) return Promise.resolve(session.access_token)
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      return renewing
    },
  }
  const client = createClient({ baseUrl, tokens })
  const [account, workspaces] = await Promise.all([
    client.call('getAccount', {}),
    client.call('listWorkspaces', {}),
  ])
  return {
    ...{ tokens, client, accountId: account.id },
    tenantId: session.tenant?.tenant_id ?? '',
    workspaceId: workspaces.items[0]?.id ?? '',
  }
}
