import * as client from 'openid-client'
import { asFetch } from '../../../platform/outbound/as-fetch.ts'
import type { Outbound } from '../../../platform/outbound/outbound.ts'
import type { GithubSettings } from '../parts.ts'
import { normalizeEmail } from '../rules/address.ts'
import { isLoopbackOrHttps } from '../rules/cookie.ts'
import type { Provider } from './provider.ts'

const WEB = 'https://github.com'
const API = 'https://api.github.com'

/**
 * GitHub is OAuth 2 only: no discovery, no id token, no nonce, no `iss`; each provider's own redirect path keeps answers
 * apart. The stable key is the numeric id, never the login, which may be taken by somebody else later.
 */
export function createGithubProvider(
  settings: GithubSettings,
  { outbound }: { readonly outbound: Outbound },
): Provider {
  const { id, name, webUrl = WEB, apiUrl = API } = settings
  const config = configurationOf(settings, webUrl, outbound)
  const get = (path: string, token: string) => getJson(outbound, `${apiUrl}${path}`, token)
  return {
    ...{ id, name },
    async authorizationUrl({ redirectUri, state, codeVerifier }) {
      return client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope: 'read:user user:email', state },
        ...{
          code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        },
      })
    },
    async identify({ codeVerifier, state }, callback) {
      const checks = { pkceCodeVerifier: codeVerifier, expectedState: state }
      const { access_token: token } = await client.authorizationCodeGrant(config, callback, checks)
      const [user, emails] = await Promise.all([get('/user', token), get('/user/emails', token)])
      return personOf(id, webUrl, user, emails)
    },
  }
}

function configurationOf(settings: GithubSettings, webUrl: string, outbound: Outbound): client.Configuration {
  const { clientId, clientSecret } = settings
  const metadata = {
    issuer: webUrl,
    authorization_endpoint: `${webUrl}/login/oauth/authorize`,
    token_endpoint: `${webUrl}/login/oauth/access_token`,
  }
  const config = new client.Configuration(
    metadata,
    clientId,
    undefined,
    client.ClientSecretPost(clientSecret),
  )
  config[client.customFetch] = asFetch(outbound, 'oidc')
  config.timeout = 10
  if (webUrl.startsWith('http:') && isLoopbackOrHttps(webUrl)) client.allowInsecureRequests(config)
  return config
}

async function getJson(outbound: Outbound, url: string, token: string): Promise<unknown> {
  const headers = {
    ...{ accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
    ...{ 'user-agent': 'stoa', 'x-github-api-version': '2022-11-28' },
  }
  const reply = await outbound.fetch(url, {
    purpose: 'oidc',
    headers,
    redirect: 'error',
    maxBytes: 1_000_000,
  })
  if (!reply.ok) throw new Error(`GitHub answered ${reply.status} to ${new URL(url).pathname}`)
  return await reply.json()
}

function personOf(provider: string, issuer: string, user: unknown, emails: unknown) {
  const { id, login, name } = fieldsOf(user)
  if (!Number.isSafeInteger(id) || typeof login !== 'string') throw new Error('GitHub told no user')
  const list = Array.isArray(emails) ? emails.map(fieldsOf) : []
  const primary = list.find((one) => one.primary === true && one.verified === true)?.email
  const verifiedEmail = typeof primary === 'string' ? normalizeEmail(primary) : null
  const displayName = (typeof name === 'string' && name.trim() !== '' ? name.trim() : login).slice(0, 120)
  return { issuer, subject: String(id), provider, verifiedEmail, displayName, label: login }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
