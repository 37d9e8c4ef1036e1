/** How long others may cache the published key set, and how long we say so (`Cache-Control: max-age`). */
export const JWKS_MAX_AGE_SECONDS = 600
/** A key is published at least so long before it signs: the longest cache, and our own processes' reload. */
export const PUBLISH_LEAD_MS = 15 * 60_000
/** A key is accepted for so long after it was replaced: a token's life, a slow process's reload, skew. */
export const RETIRE_AFTER_MS = 20 * 60_000
/** The server replaces its key by itself after so long; 90 days is the limit. */
export const ROTATE_AFTER_MS = 60 * 86_400_000

export type KeyState = 'next' | 'current' | 'previous'

export interface KeyTimes {
  readonly kid: string
  readonly state: KeyState
  readonly publishedAt: Date
  readonly activatedAt: Date | null
  readonly retiresAt: Date | null
}

/** What a rotation does; a new `next` is always made as well. */
export interface Rotation {
  readonly promote: string
  readonly retire: string
  readonly retiresAt: Date
}

/** `wait`: the next key has not been published for long enough; others would refuse its tokens until `readyAt`. */
export type RotationPlan = { readonly rotate: Rotation } | { readonly wait: Date }

/**
 * The current key steps back, the next steps in. `compromised`: the old key is refused at once, and the next is used even
 * if others may not know it yet; everybody refreshes.
 */
export function planRotation(
  keys: readonly KeyTimes[],
  now: number,
  compromised = false,
): RotationPlan | undefined {
  const current = keys.find(({ state }) => state === 'current')
  const next = keys.find(({ state }) => state === 'next')
  if (current === undefined || next === undefined) return undefined
  const readyAt = next.publishedAt.getTime() + PUBLISH_LEAD_MS
  if (readyAt > now && !compromised) return { wait: new Date(readyAt) }
  const retiresAt = new Date(compromised ? now : now + RETIRE_AFTER_MS)
  return { rotate: { promote: next.kid, retire: current.kid, retiresAt } }
}

/** Whether tokens of this key are accepted, and the key published. */
export function isPublished(key: KeyTimes, now: number): boolean {
  return key.retiresAt === null || now < key.retiresAt.getTime()
}

export function isRotationDue(keys: readonly KeyTimes[], now: number): boolean {
  const current = keys.find(({ state }) => state === 'current')
  const since = current?.activatedAt?.getTime()
  return since !== undefined && now - since >= ROTATE_AFTER_MS
}
