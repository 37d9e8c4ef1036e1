import type { Clock } from '@stoa/kernel'
import type { Database, Role, TenantContext } from '../../../platform/database/database.ts'
import type { Authenticator } from '../../../platform/http/authenticator.ts'
import { noTenant, sessionEnded } from '../errors.ts'
import type { Organisations } from '../organisations.ts'
import { isSessionAlive } from '../store/sessions.ts'
import type { AccessTokens } from '../tokens/access-tokens.ts'

/** What is known of a session is asked again after so long: a change made by another process is seen by then. */
export const STATE_TTL_MS = 3_000
const MAX_STATES = 20_000

interface State {
  readonly accountId: string
  readonly readAt: number
  /** Undefined: the session has ended, or the account does not belong to the organisation. */
  readonly role: Promise<Role | undefined>
}

export interface SessionStatesInit {
  readonly tokens: Pick<AccessTokens, 'verify'>
  readonly database: Database
  readonly organisations: Organisations
  readonly clock: Clock
}

/**
 * Turns access tokens into callers. A token alone is not believed for its fifteen minutes: whether the session lives and
 * which role the account has is read from the database at most {@link STATE_TTL_MS} ago, and at once after a change made
 * in this process ({@link forget}).
 */
export class SessionStates implements Authenticator {
  readonly #init: SessionStatesInit
  readonly #states = new Map<string, State>()

  constructor(init: SessionStatesInit) {
    this.#init = init
  }

  /** @throws Problem 401 `token.expired`, `token.invalid`, `session.ended`; 403 `tenant.none` */
  async verify(token: string): Promise<TenantContext> {
    const { accountId, sessionId, tenant } = await this.#init.tokens.verify(token)
    if (tenant === undefined) throw noTenant()
    const role = await this.#roleOf(accountId, sessionId, tenant.id)
    if (role === undefined) throw sessionEnded()
    return { tenantId: tenant.id, accountId, sessionId, role }
  }

  /** Whether a caller's session and membership still stand, for connections that outlive a request; as read `maxAgeMs` ago at most. */
  async isCurrent({ accountId, sessionId, tenantId }: TenantContext, maxAgeMs = 0): Promise<boolean> {
    return (await this.#roleOf(accountId, sessionId, tenantId, maxAgeMs)) !== undefined
  }

  /** What is known about an account's sessions is not true any more. Without one: everybody's. */
  forget(accountId?: string): void {
    for (const [key, state] of this.#states)
      if (accountId === undefined || state.accountId === accountId) this.#states.delete(key)
  }

  #roleOf(
    accountId: string,
    sessionId: string,
    tenantId: string,
    maxAgeMs = STATE_TTL_MS,
  ): Promise<Role | undefined> {
    const key = `${sessionId}:${tenantId}`
    const now = this.#init.clock.now()
    const known = this.#states.get(key)
    if (known !== undefined && now - known.readAt < maxAgeMs && known.readAt <= now) return known.role
    const role = this.#read(accountId, sessionId, tenantId)
    this.#states.delete(key)
    this.#states.set(key, { accountId, readAt: now, role })
    // A failed read is not remembered.
    role.catch(() => this.#states.delete(key))
    const [oldest] = this.#states.size > MAX_STATES ? this.#states.keys() : []
    if (oldest !== undefined) this.#states.delete(oldest)
    return role
  }

  #read(accountId: string, sessionId: string, tenantId: string): Promise<Role | undefined> {
    const { database, organisations, clock } = this.#init
    return database.account(accountId, async (tx) => {
      const alive = await isSessionAlive(tx, sessionId, tenantId, new Date(clock.now()))
      return alive ? await organisations.roleIn(tx, tenantId) : undefined
    })
  }
}
