import type { OrganisationMembership } from '../organisations.ts'

export interface TenantWish {
  /** Asked for in this request: exactly this one or none. */
  readonly wanted?: string | undefined
  /** Chosen last. */
  readonly chosen: string | null
  /** The only one the session may enter. */
  readonly only: string | null
}

/** Those that a session may enter. */
export function enterable(
  memberships: readonly OrganisationMembership[],
  { only }: Pick<TenantWish, 'only'>,
): readonly OrganisationMembership[] {
  return only === null ? memberships : memberships.filter(({ tenantId }) => tenantId === only)
}

/**
 * The organisation of the next access token. `refused`: one was asked for that the account may not enter; null: it belongs
 * to none. What was chosen last falls back to the first.
 */
export function chooseTenant(
  memberships: readonly OrganisationMembership[],
  wish: TenantWish,
): OrganisationMembership | null | 'refused' {
  const open = enterable(memberships, wish)
  const find = (id: string | null) => open.find(({ tenantId }) => tenantId === id)
  if (wish.wanted !== undefined) return find(wish.wanted) ?? 'refused'
  return find(wish.chosen) ?? open[0] ?? null
}
