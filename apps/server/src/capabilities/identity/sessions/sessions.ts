import { type Clock, type Random, uuidv7 } from '@stoa/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Connection } from '../../../platform/http/operation.ts'
import { ABSOLUTE_MS, judgeRefresh, type RefreshVerdict, refreshExpiry } from '../rules/refresh.ts'
import {
  insertRefreshToken,
  lockRefreshToken,
  markRefreshTokenUsed,
  type StoredRefreshToken,
} from '../store/refresh-tokens.ts'
import { insertSecurityEvent } from '../store/security-events.ts'
import {
  deviceHistory,
  findSession,
  insertSession,
  revokeSession,
  type SignInMethod,
  type StoredSession,
} from '../store/sessions.ts'
import { childToken, hashToken, type IdentityKeys, newToken } from '../tokens/opaque.ts'
import { deviceOf } from './device.ts'

export interface SignIn {
  readonly accountId: string
  readonly method: SignInMethod
  readonly connection: Connection
  readonly deviceName?: string | undefined
  readonly tenantId?: string | undefined
  /** The only organisation the session may enter: for links that somebody else made. */
  readonly onlyTenant?: string | undefined
  /** When the account was proved, if not now. */
  readonly authenticatedAt?: Date | undefined
}

export interface OpenedSession {
  readonly session: StoredSession
  readonly refreshToken: string
  /** The account has not signed in from such a device before, though it has signed in. */
  readonly newDevice: boolean
}

/** A refresh token that was found, and what it is good for. */
export interface PresentedToken {
  readonly session: StoredSession
  readonly stored: StoredRefreshToken
  readonly token: string
  readonly verdict: RefreshVerdict
}

export interface SessionsInit {
  readonly keys: IdentityKeys
  readonly clock: Clock
  readonly random: Random
}

/** Devices that are signed in. Every method works in a transaction that has entered sign-in. */
export class Sessions {
  readonly #init: SessionsInit

  constructor(init: SessionsInit) {
    this.#init = init
  }

  async open(tx: Tx, signIn: SignIn): Promise<OpenedSession> {
    const session = this.#newSession(signIn)
    const seen = await deviceHistory(tx, session.accountId, Buffer.from(session.fingerprint))
    const newDevice = seen.any && !seen.same
    await insertSession(tx, session)
    const refreshToken = newToken(this.#init.random)
    await insertRefreshToken(tx, {
      hash: hashToken(refreshToken),
      sessionId: session.id,
      parent: null,
      issuedAt: session.createdAt,
      expiresAt: session.expiresAt,
    })
    await this.#record(tx, session, 'session.opened', { method: session.method, new_device: newDevice })
    return { session, refreshToken, newDevice }
  }

  /** Looks a refresh token up and judges it; undefined when it is none of ours. Its row stays locked. */
  async present(tx: Tx, token: string): Promise<PresentedToken | undefined> {
    const stored = await lockRefreshToken(tx, hashToken(token))
    const session = stored && (await findSession(tx, stored.sessionId))
    if (stored === undefined || session === undefined) return undefined
    const facts = {
      usedAt: stored.usedAt,
      expiresAt: stored.expiresAt,
      sessionRevokedAt: session.revokedAt,
      sessionEndsAt: session.absoluteExpiresAt,
    }
    return { session, stored, token, verdict: judgeRefresh(facts, this.#init.clock.now()) }
  }

  /** Gives the child of a token that has none yet. */
  async rotate(tx: Tx, { session, stored, token }: PresentedToken): Promise<string> {
    const now = new Date(this.#init.clock.now())
    const child = childToken(this.#init.keys, token)
    await insertRefreshToken(tx, {
      hash: hashToken(child),
      sessionId: session.id,
      parent: stored.hash,
      issuedAt: now,
      expiresAt: refreshExpiry(now.getTime(), session.absoluteExpiresAt),
    })
    await markRefreshTokenUsed(tx, stored.hash, now)
    return child
  }

  /** The newest descendant of a token used a moment ago: what its holder should have got. */
  async resend(tx: Tx, { token }: PresentedToken): Promise<string> {
    for (let newest = childToken(this.#init.keys, token); ; newest = childToken(this.#init.keys, newest)) {
      const stored = await lockRefreshToken(tx, hashToken(newest))
      if (stored === undefined) throw new Error('a used refresh token has no child')
      if (stored.usedAt === null) return newest
    }
  }

  /** Ends a session; whether it was alive. */
  async end(
    tx: Tx,
    session: StoredSession,
    reason: 'signed_out' | 'revoked' | 'reused' | 'replaced',
  ): Promise<boolean> {
    const at = new Date(this.#init.clock.now())
    const ended = await revokeSession(tx, session.accountId, session.id, { reason, at })
    if (ended)
      await this.#record(tx, session, reason === 'reused' ? 'session.reused' : 'session.revoked', { reason })
    return ended
  }

  #newSession(signIn: SignIn): StoredSession {
    const { clock, random } = this.#init
    const now = clock.now()
    const absoluteExpiresAt = new Date(now + ABSOLUTE_MS)
    const device = deviceOf(signIn.connection)
    return {
      id: uuidv7(clock, random),
      accountId: signIn.accountId,
      method: signIn.method,
      deviceName: signIn.deviceName ?? device.platform,
      ...device,
      chosenTenant: signIn.tenantId ?? null,
      onlyTenant: signIn.onlyTenant ?? null,
      authenticatedAt: signIn.authenticatedAt ?? new Date(now),
      createdAt: new Date(now),
      lastUsedAt: new Date(now),
      expiresAt: refreshExpiry(now, absoluteExpiresAt),
      absoluteExpiresAt,
      revokedAt: null,
    }
  }

  async #record(
    tx: Tx,
    session: StoredSession,
    action: 'session.opened' | 'session.revoked' | 'session.reused',
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { clock, random } = this.#init
    await insertSecurityEvent(tx, {
      id: uuidv7(clock, random),
      accountId: session.accountId,
      action,
      sessionId: session.id,
      network: session.network,
      details,
      at: new Date(clock.now()),
    })
  }
}
