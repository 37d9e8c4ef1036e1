import type { Clock } from '@stoa/kernel'
import { isUuid } from '@stoa/kernel'
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose'
import type { Role } from '../../../platform/database/database.ts'
import { tokenExpired, tokenInvalid } from '../../../platform/http/errors.ts'
import type { KeyRing } from './key-ring.ts'

export const ACCESS_TOKEN_SECONDS = 15 * 60
const AUDIENCE = 'stoa'
const TYPE = 'at+jwt'
const CLOCK_TOLERANCE_SECONDS = 5
/** So many tokens are known at a time. */
const MOST_KNOWN = 2000

/** What an access token says. Without a tenant it is good for nothing but being refreshed. */
export interface AccessClaims {
  readonly accountId: string
  readonly sessionId: string
  readonly tenant: { readonly id: string; readonly role: Role } | undefined
}

export interface AccessToken {
  readonly token: string
  readonly expiresAt: Date
}

export interface AccessTokensInit {
  readonly keys: Pick<KeyRing, 'signer' | 'verifier'>
  readonly clock: Clock
  /** `iss`: the public address of the server, or a name of its own. */
  readonly issuer: string
}

/** A token whose signature was checked, and how long that says anything. */
interface KnownToken {
  readonly claims: AccessClaims
  readonly kid: string
  readonly key: unknown
  /** Milliseconds; outside of these the token is checked like any other. */
  readonly from: number
  readonly until: number
}

/** Access tokens: JWT signed with RS256, `typ: at+jwt` (RFC 9068), 15 minutes. */
export class AccessTokens {
  readonly #init: AccessTokensInit
  /** Whoever talks shows the same token again and again: its signature is checked once. */
  readonly #known = new Map<string, KnownToken>()

  constructor(init: AccessTokensInit) {
    this.#init = init
  }

  async issue({ accountId, sessionId, tenant }: AccessClaims): Promise<AccessToken> {
    const { keys, clock, issuer } = this.#init
    const { kid, key } = await keys.signer()
    const now = Math.floor(clock.now() / 1000)
    const expires = now + ACCESS_TOKEN_SECONDS
    const token = await new SignJWT({ sid: sessionId, ...(tenant && { tid: tenant.id, role: tenant.role }) })
      .setProtectedHeader({ alg: 'RS256', typ: TYPE, kid })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(accountId)
      .setIssuedAt(now)
      .setExpirationTime(expires)
      .sign(key)
    return { token, expiresAt: new Date(expires * 1000) }
  }

  /**
   * Checks signature, type, issuer, audience and times; the header's `jwk`, `jku` and `x5u` are never looked at.
   * @throws Problem 401 `token.expired` or `token.invalid`
   */
  async verify(token: string): Promise<AccessClaims> {
    const { clock, issuer } = this.#init
    const known = this.#known.get(token)
    if (known !== undefined && (await this.#stands(known))) return known.claims
    this.#known.delete(token)
    const now = clock.now()
    try {
      const { payload, protectedHeader, key } = await jwtVerify(token, (header) => this.#keyOf(header), {
        algorithms: ['RS256'],
        issuer,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: ACCESS_TOKEN_SECONDS,
        currentDate: new Date(now),
      })
      const claims = claimsOf(payload)
      const { kid = '' } = protectedHeader
      const until = 1000 * Math.min(payload.exp ?? 0, (payload.iat ?? 0) + ACCESS_TOKEN_SECONDS)
      this.#keep(token, { claims, kid, key, from: now, until })
      return claims
    } catch (error) {
      throw error instanceof errors.JWTExpired ? tokenExpired() : refused(error)
    }
  }

  /** Its time is not over, and its key is still one of ours. */
  async #stands({ from, until, kid, key }: KnownToken): Promise<boolean> {
    const now = this.#init.clock.now()
    return now >= from && now < until && (await this.#init.keys.verifier(kid)) === key
  }

  #keep(token: string, known: KnownToken): void {
    this.#known.set(token, known)
    const [oldest] = this.#known.size > MOST_KNOWN ? this.#known.keys() : []
    if (oldest !== undefined) this.#known.delete(oldest)
  }

  async #keyOf(header: JWTHeaderParameters) {
    const key = typeof header.kid === 'string' ? await this.#init.keys.verifier(header.kid) : undefined
    if (key === undefined) throw new errors.JWKSNoMatchingKey()
    return key
  }
}

/** Faults of the token are the caller's; everything else (no database) is ours and stays what it is. */
function refused(error: unknown): unknown {
  return error instanceof errors.JOSEError ? tokenInvalid() : error
}

const ROLES: readonly string[] = ['owner', 'admin', 'member', 'guest'] satisfies Role[]

function claimsOf(payload: Readonly<Record<string, unknown>>): AccessClaims {
  const { sub, sid, tid, role } = payload
  if (!isId(sub) || !isId(sid)) throw tokenInvalid()
  if (tid === undefined) return { accountId: sub, sessionId: sid, tenant: undefined }
  if (!isId(tid) || !isRole(role)) throw tokenInvalid()
  return { accountId: sub, sessionId: sid, tenant: { id: tid, role } }
}

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value)
const isRole = (value: unknown): value is Role => typeof value === 'string' && ROLES.includes(value)
