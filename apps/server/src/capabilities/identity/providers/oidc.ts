import type { Clock } from '@stoa/kernel'
import * as client from 'openid-client'
import { asFetch } from '../../../platform/outbound/as-fetch.ts'
import type { Outbound } from '../../../platform/outbound/outbound.ts'
import type { OidcSettings } from '../parts.ts'
import { normalizeEmail } from '../rules/address.ts'
import { isLoopbackOrHttps } from '../rules/cookie.ts'
import type { ProvidedPerson, Provider, Trip } from './provider.ts'

/** A provider's metadata and keys are read again after so long. */
const METADATA_MS = 3_600_000

export interface OidcDeps {
  readonly outbound: Outbound
  readonly clock: Clock
}

/** Any OpenID Connect issuer: discovery, authorization code with PKCE, state, nonce, and `iss` where it is sent. */
export function createOidcProvider(settings: OidcSettings, deps: OidcDeps): Provider {
  const configuration = cachedConfiguration(settings, deps)
  return {
    ...{ id: settings.id, name: settings.name },
    async authorizationUrl({ redirectUri, state, nonce, codeVerifier }) {
      return client.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: redirectUri, scope: 'openid email profile', state, nonce },
        ...{
          code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        },
      })
    },
    async identify(trip: Trip, callback: URL) {
      const config = await configuration()
      const tokens = await client.authorizationCodeGrant(config, callback, {
        ...{ pkceCodeVerifier: trip.codeVerifier, expectedState: trip.state, expectedNonce: trip.nonce },
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw new Error('the provider sent no id token')
      const more = needsUserInfo(claims, config)
        ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
        : {}
      return personOf(settings.id, { ...claims, ...more, iss: claims.iss, sub: claims.sub })
    },
  }
}

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string }

/** Many issuers put name and address into the user-info answer only. */
function needsUserInfo(claims: Readonly<Record<string, unknown>>, config: client.Configuration): boolean {
  return claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
}

/** Only an address that the provider calls verified counts; Microsoft's and others' bare `email` is a wish. */
function personOf(provider: string, claims: Claims): ProvidedPerson {
  const { iss: issuer, sub: subject, name, preferred_username: username } = claims
  const email = typeof claims.email === 'string' ? normalizeEmail(claims.email) : undefined
  const verifiedEmail = email !== undefined && claims.email_verified === true ? email : null
  const texts = [name, username, email].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  )
  const displayName = (texts[0] ?? provider).trim().slice(0, 120)
  return { issuer, subject, provider, verifiedEmail, displayName, label: email ?? displayName }
}

/** Discovery when first needed, then hourly; a failure is not remembered. */
function cachedConfiguration(
  settings: OidcSettings,
  { outbound, clock }: OidcDeps,
): () => Promise<client.Configuration> {
  let cached: { readonly at: number; readonly config: Promise<client.Configuration> } | undefined
  return () => {
    const now = clock.now()
    if (cached !== undefined && now - cached.at < METADATA_MS) return cached.config
    const config = discover(settings, outbound)
    const entry = { at: now, config }
    cached = entry
    config.catch(() => {
      if (cached === entry) cached = undefined
    })
    return config
  }
}

async function discover(
  { issuer, clientId, clientSecret }: OidcSettings,
  outbound: Outbound,
): Promise<client.Configuration> {
  const url = new URL(issuer)
  const found = await client.discovery(url, clientId, undefined, client.None(), {
    [client.customFetch]: asFetch(outbound, 'oidc'),
    // Plain http only to an issuer on this machine: for trying things out.
    execute: url.protocol === 'http:' && isLoopbackOrHttps(issuer) ? [client.allowInsecureRequests] : [],
    timeout: 10,
  })
  const metadata = found.serverMetadata()
  // RFC 6749 §2.3.1: HTTP Basic is what every server must know; what it names otherwise wins.
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const authenticate = methods.includes('client_secret_basic')
    ? client.ClientSecretBasic
    : client.ClientSecretPost
  const config = new client.Configuration(metadata, clientId, undefined, authenticate(clientSecret))
  config[client.customFetch] = asFetch(outbound, 'oidc')
  config.timeout = 10
  if (url.protocol === 'http:' && isLoopbackOrHttps(issuer)) client.allowInsecureRequests(config)
  return config
}
