/**
 * Who somebody is: first set-up, sign-in by code, link and provider, sessions and their tokens.
 *
 * `createIdentity(init)` gives the operations, the {@link Authenticator} of the API and what the program prints when it is
 * ready. It asks the organisations of an account through {@link Organisations}, which the tenancy capability provides.
 */
import type { Clock, Logger, Random } from '@stoa/kernel'
import type { Database, TenantContext } from '../../platform/database/database.ts'
import type { Authenticator } from '../../platform/http/authenticator.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import type { Outbound } from '../../platform/outbound/outbound.ts'
import type { Capability } from '../capability.ts'
import { announce, terminalSignInLink } from './announce.ts'
import { createDoorway, type Doorway } from './doorway.ts'
import { Mail } from './mail.ts'
import { Maintenance } from './maintenance.ts'
import { operationsOf } from './operations/index.ts'
import type { Organisations } from './organisations.ts'
import type { IdentitySettings, Parts } from './parts.ts'
import { createProviders } from './providers/providers.ts'
import { SessionStates } from './sessions/session-states.ts'
import { Sessions } from './sessions/sessions.ts'
import { type AccessClaims, type AccessToken, AccessTokens } from './tokens/access-tokens.ts'
import { KeyRing, type KeyStatus } from './tokens/key-ring.ts'
import { deriveKeys } from './tokens/opaque.ts'

export type { Caller, Doorway, Person, SessionReply } from './doorway.ts'
export { sessionBound } from './errors.ts'
export type { Founding, OrganisationMembership, Organisations } from './organisations.ts'
export type { GithubSettings, IdentitySettings, OidcSettings, ProviderSettings } from './parts.ts'
export { normalizeEmail } from './rules/address.ts'
export type { KeyStatus } from './tokens/key-ring.ts'

export interface IdentityInit {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** 32 bytes that stand outside of the database; everything stored encrypted or hashed with a key depends on them. */
  readonly secret: Uint8Array
  readonly mailer: Mailer
  /** The way to providers. */
  readonly outbound: Outbound
  readonly organisations: Organisations
  readonly settings: IdentitySettings
  /** `iss` of access tokens; the public address where there is one. */
  readonly issuer?: string | undefined
}

export interface Identity extends Capability {
  readonly authenticator: Authenticator
  readonly doorway: Doorway
  /** What the program prints when it is ready: the address, on first starts with the set-up token. */
  announce(baseUrl: string): Promise<string[]>
  /** For `stoa sign-in-link`: 15 minutes, once. @throws StoaError `link.nobody` */
  terminalSignInLink(options: {
    readonly baseUrl: string
    readonly email?: string | undefined
  }): Promise<{ readonly url: string; readonly expiresAt: Date }>
  /** For `stoa keys rotate`; returns the id of the key that signs now. @throws StoaError `keys.too_soon` */
  rotateKeys(options?: { readonly compromised?: boolean }): Promise<string>
  /** How old the signing key is; it is replaced by itself after 60 days, and 90 are the limit. */
  keyStatus(): Promise<KeyStatus>
  /** An access token for a session that exists: for tests and for other capabilities' sign-ins. */
  issueToken(claims: AccessClaims): Promise<AccessToken>
  /** An account's role or sessions have changed: what is remembered of them is not true any more. */
  forget(accountId: string): void
  /** Whether a caller's session and membership still stand, as read `maxAgeMs` ago at most (default: now): for connections that outlive a request. */
  isCurrent(context: TenantContext, maxAgeMs?: number): Promise<boolean>
  /** Resolves when no mail is on its way. */
  mailIdle(): Promise<void>
}

export function createIdentity(init: IdentityInit): Identity {
  const parts = createParts(init)
  const { keyRing, mail, states } = parts
  return {
    name: 'identity',
    operations: operationsOf(parts),
    jobs: [],
    services: [keyRing, mail, new Maintenance(parts)],
    authenticator: states,
    doorway: createDoorway(parts),
    announce: (baseUrl) => announce(parts, baseUrl),
    terminalSignInLink: (options) => terminalSignInLink(parts, options),
    rotateKeys: (options) => keyRing.rotate(options),
    keyStatus: () => keyRing.status(),
    issueToken: (claims) => parts.tokens.issue(claims),
    forget: (accountId) => states.forget(accountId),
    isCurrent: (context, maxAgeMs) => states.isCurrent(context, maxAgeMs),
    mailIdle: () => mail.idle(),
  }
}

function createParts(init: IdentityInit): Parts {
  const {
    database,
    clock,
    random,
    log,
    mailer,
    outbound,
    organisations,
    settings,
    issuer = 'urn:stoa',
  } = init
  const keys = deriveKeys(init.secret)
  const keyRing = new KeyRing({ database, keys, clock, random, log })
  const tokens = new AccessTokens({ keys: keyRing, clock, issuer })
  return {
    ...{ database, clock, random, log, keys, keyRing, tokens, organisations, settings },
    providers: createProviders(settings.providers, { outbound, clock }),
    sessions: new Sessions({ keys, clock, random }),
    states: new SessionStates({ tokens, database, organisations, clock }),
    mail: new Mail({ mailer, log, clock }),
  }
}
