import { settings as t } from '@stoa/ui/messages/settings'
import type { Role } from '../../data/session.ts'

const NAMES: Record<Role, () => string> = {
  owner: t.roleOwner,
  admin: t.roleAdmin,
  member: t.roleMember,
  guest: t.roleGuest,
}
const HINTS: Record<Role, () => string> = {
  owner: t.roleOwnerHint,
  admin: t.roleAdminHint,
  member: t.roleMemberHint,
  guest: t.roleGuestHint,
}

export const roleName = (role: Role): string => NAMES[role]()

/** Roles as choices of a select, each with what it may do. */
export const roleOptions = (roles: readonly Role[]): { value: Role; label: string; hint: string }[] =>
  roles.map((value) => ({ value, label: NAMES[value](), hint: HINTS[value]() }))

/** Only owners make owners. */
export const rolesGivenBy = (own: Role): readonly Role[] =>
  own === 'owner' ? ['owner', 'admin', 'member', 'guest'] : ['admin', 'member', 'guest']

/** Owners change anybody; admins everybody but owners; nobody changes themselves here. */
export const mayChange = (own: Role, other: Role): boolean =>
  own === 'owner' || (own === 'admin' && other !== 'owner')
