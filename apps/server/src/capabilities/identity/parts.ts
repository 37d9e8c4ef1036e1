import type { Clock, Logger, Random } from '@stoa/kernel'
import type { Database } from '../../platform/database/database.ts'
import type { Mail } from './mail.ts'
import type { Organisations } from './organisations.ts'
import type { Provider } from './providers/provider.ts'
import type { SessionStates } from './sessions/session-states.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { AccessTokens } from './tokens/access-tokens.ts'
import type { KeyRing } from './tokens/key-ring.ts'
import type { IdentityKeys } from './tokens/opaque.ts'

/** What the operations of this capability stand on; each takes of it what it needs. */
export interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly keys: IdentityKeys
  readonly keyRing: KeyRing
  readonly tokens: AccessTokens
  readonly sessions: Sessions
  readonly states: SessionStates
  readonly organisations: Organisations
  readonly mail: Mail
  readonly providers: ReadonlyMap<string, Provider>
  readonly settings: IdentitySettings
}

export interface IdentitySettings {
  /** Whether an address that nobody invited may make an account of its own. */
  readonly allowSignUp: boolean
  /** False where mail is only shown on the server's terminal. */
  readonly mailReachesPeople: boolean
  readonly providers: readonly ProviderSettings[]
  readonly version: string
}

/** Somebody else who says who a person is. GitHub speaks OAuth 2 without discovery or id tokens, hence its own kind. */
export type ProviderSettings = OidcSettings | GithubSettings

interface CommonSettings {
  /** Stands in URLs and in the database. */
  readonly id: string
  readonly name: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface OidcSettings extends CommonSettings {
  readonly kind: 'oidc'
  readonly issuer: string
}

export interface GithubSettings extends CommonSettings {
  readonly kind: 'github'
  /** Addresses of a GitHub Enterprise server; absent: github.com. */
  readonly webUrl?: string
  readonly apiUrl?: string
}
