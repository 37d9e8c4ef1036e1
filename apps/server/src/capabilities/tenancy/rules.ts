import type { Role } from '../../platform/database/database.ts'

/** Who acts on whom. `self`: both are one. */
export interface MemberAct {
  readonly actor: Role
  readonly target: Role
  readonly self: boolean
  /** Owners of the organisation, the target among them if it is one. */
  readonly owners: number
}

export type Verdict = 'allowed' | 'forbidden' | 'last_owner'

const RANK: Readonly<Record<Role, number>> = { owner: 3, admin: 2, member: 1, guest: 0 }

/**
 * Owners give any role to anybody. Admins give any role but owner to members and guests. Everybody who may call this at all
 * may step down. The last owner stays owner.
 */
export function judgeRoleChange(act: MemberAct, role: Role): Verdict {
  const { actor, target, self, owners } = act
  if (target === 'owner' && role !== 'owner' && owners <= 1 && mayTouch(act)) return 'last_owner'
  if (actor === 'owner') return 'allowed'
  if (actor !== 'admin') return 'forbidden'
  if (self) return RANK[role] <= RANK[actor] ? 'allowed' : 'forbidden'
  return RANK[target] < RANK.admin && role !== 'owner' ? 'allowed' : 'forbidden'
}

/** Owners remove anybody, admins members and guests; everybody may leave, except the last owner. */
export function judgeRemoval(act: MemberAct): Verdict {
  if (!mayTouch(act)) return 'forbidden'
  return act.target === 'owner' && act.owners <= 1 ? 'last_owner' : 'allowed'
}

function mayTouch({ actor, target, self }: MemberAct): boolean {
  return self || actor === 'owner' || (actor === 'admin' && RANK[target] < RANK.admin)
}

/** Owners make sign-in links for anybody, others for themselves. */
export function mayMakeLink(actor: Role, self: boolean): boolean {
  return self || actor === 'owner'
}

export interface InvitationTimes {
  readonly uses: number
  readonly maxUses: number
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

export function isOpen(invitation: InvitationTimes, now: number): boolean {
  const { uses, maxUses, expiresAt, revokedAt } = invitation
  return revokedAt === null && uses < maxUses && expiresAt.getTime() > now
}
