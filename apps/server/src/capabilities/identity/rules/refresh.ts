/** A token that was just used may come again for so long: the reply was lost, or two tabs asked at once. */
export const GRACE_MS = 10_000
/** A session that is not used for so long ends. */
export const IDLE_MS = 30 * 86_400_000
/** However much it is used, a session ends after so long (ASVS 7.3.2, 10.4.8). */
export const ABSOLUTE_MS = 90 * 86_400_000

export interface RefreshFacts {
  readonly usedAt: Date | null
  readonly expiresAt: Date
  readonly sessionRevokedAt: Date | null
  readonly sessionEndsAt: Date
}

/**
 * `rotate`: give its child. `resend`: give the newest descendant again. `reused`: somebody kept a used token, so one of two
 * holders is a thief: end the session. `ended`: nothing to refresh.
 */
export type RefreshVerdict = 'rotate' | 'resend' | 'reused' | 'ended'

/** What a refresh token is good for at `now`. Reuse weighs more than age; an ended session needs no second ending. */
export function judgeRefresh(facts: RefreshFacts, now: number): RefreshVerdict {
  if (facts.sessionRevokedAt !== null || facts.sessionEndsAt.getTime() <= now) return 'ended'
  if (facts.usedAt !== null) return now - facts.usedAt.getTime() <= GRACE_MS ? 'resend' : 'reused'
  return facts.expiresAt.getTime() <= now ? 'ended' : 'rotate'
}

/** When a token issued now expires: idle expiry slides, the session's absolute end does not. */
export function refreshExpiry(now: number, sessionEndsAt: Date): Date {
  return new Date(Math.min(now + IDLE_MS, sessionEndsAt.getTime()))
}
