import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Interaction, Provider } from 'oidc-provider'
import { createOutbound, type GuardedOutbound } from '../../../platform/outbound/create-outbound.ts'
import type { OidcSettings } from '../parts.ts'

/** Whom the issuer signs in next; what it says of them. */
export interface IssuerUser {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export interface TestIssuer {
  readonly url: string
  user: IssuerUser
  /** As the program is configured for it. */
  settings(id: string): OidcSettings
  /**
   * What a browser does at the issuer: follows the address it was sent to, through sign-in and consent, and gives the address
   * it is sent back to.
   */
  visit(authorizationUrl: string): Promise<URL>
  close(): Promise<void>
}

/** A real OpenID Connect provider on this machine, whose users sign in by themselves. */
export async function startIssuer(redirectUris: readonly string[]): Promise<TestIssuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: { user: IssuerUser } = { user: { sub: 'nobody' } }
  const provider = new Provider(url, configuration(redirectUris, state))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, state, request, response)
    else answer(request, response)
  })
  return {
    url,
    get user() {
      return state.user
    },
    set user(user) {
      state.user = user
    },
    settings: (id) => ({
      kind: 'oidc',
      id,
      name: 'School',
      issuer: url,
      clientId: 'stoa',
      clientSecret: SECRET,
    }),
    visit: (authorizationUrl) => visit(url, authorizationUrl),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const SECRET = 'a-secret-that-must-never-be-logged'

function configuration(redirectUris: readonly string[], state: { user: IssuerUser }) {
  return {
    clients: [
      {
        client_id: 'stoa',
        client_secret: SECRET,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['test'] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    findAccount: async (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ ...state.user, sub: id }),
    }),
  }
}

/** Signs the user in and consents to everything. */
async function interact(
  provider: Provider,
  state: { readonly user: IssuerUser },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response)
  const result =
    details.prompt.name === 'login'
      ? { login: { accountId: state.user.sub } }
      : await consent(provider, details)
  await provider.interactionFinished(request, response, result)
}

async function consent(provider: Provider, { params, session }: Interaction): Promise<object> {
  const grant = new provider.Grant({
    accountId: session?.accountId ?? '',
    clientId: String(params.client_id),
  })
  grant.addOIDCScope(String(params.scope))
  return { consent: { grantId: await grant.save() } }
}

async function visit(issuer: string, start: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(start)
  for (let hop = 0; hop < 12 && url.origin === issuer; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      jar.set(name, value)
    }
    const location = reply.headers.get('location')
    if (location === null) throw new Error(`the issuer answered ${reply.status}: ${await reply.text()}`)
    url = new URL(location, url)
  }
  return url
}

/** The guarded way out, allowed to reach the issuers of the tests on this machine. */
export const localOutbound = (): GuardedOutbound =>
  createOutbound({ userAgent: 'Stoa-test', allowPrivate: ['127.0.0.0/8'], allowHttp: true, ports: 'any' })
