/** What is known when a provider has said who somebody is there. */
export interface LinkingFacts {
  /** The account that this very identity (issuer and subject) belongs to. */
  readonly identityOwner: string | undefined
  /** The signed-in account that asked to link it. */
  readonly linkTo: string | undefined
  /** The account to which the address belongs that the provider has verified; undefined without either. */
  readonly addressOwner: string | undefined
  readonly allowSignUp: boolean
}

export type LinkingDecision =
  | { readonly kind: 'sign_in'; readonly accountId: string }
  | { readonly kind: 'link'; readonly accountId: string }
  /** The address is an account's: that account must be proved before the identity is linked to it. */
  | { readonly kind: 'prove'; readonly accountId: string }
  | { readonly kind: 'sign_up' }
  | { readonly kind: 'refuse'; readonly code: 'identity.taken' | 'sign_up.closed' }

/**
 * An identity is issuer and subject, nothing else: an equal address never links by itself, since whoever may change an
 * address at a provider would take the account.
 */
export function decideLinking(facts: LinkingFacts): LinkingDecision {
  const { identityOwner, linkTo, addressOwner, allowSignUp } = facts
  if (linkTo !== undefined) {
    const free = identityOwner === undefined || identityOwner === linkTo
    return free ? { kind: 'link', accountId: linkTo } : { kind: 'refuse', code: 'identity.taken' }
  }
  if (identityOwner !== undefined) return { kind: 'sign_in', accountId: identityOwner }
  if (addressOwner !== undefined) return { kind: 'prove', accountId: addressOwner }
  return allowSignUp ? { kind: 'sign_up' } : { kind: 'refuse', code: 'sign_up.closed' }
}

/** Linking and unlinking ask that the account was proved so recently. */
export const FRESH_MS = 5 * 60_000

export function isFresh(authenticatedAt: Date, now: number): boolean {
  return now - authenticatedAt.getTime() <= FRESH_MS
}

/** A way to sign in. An address that was never proved is none. */
export interface Way {
  readonly id: string
  readonly works: boolean
}

/** Whether another way to sign in is left without this one. */
export function mayRemoveWay(ways: readonly Way[], id: string): boolean {
  return ways.some((way) => way.id !== id && way.works)
}
