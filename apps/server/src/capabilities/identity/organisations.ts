import type { Role, Tx } from '../../platform/database/database.ts'

/** An account's place in an organisation, as it is shown. */
export interface OrganisationMembership {
  readonly tenantId: string
  readonly name: string
  readonly role: Role
}

/** What sign-in asks of the organisations; the tenancy capability provides it. */
export interface Organisations {
  /** Those the account of this transaction belongs to, by name. The transaction has an account and no tenant. */
  membershipsOf(tx: Tx): Promise<OrganisationMembership[]>
  /** The role of the transaction's account; undefined when it does not belong there (any more). */
  roleIn(tx: Tx, tenantId: string): Promise<Role | undefined>
  /** Makes an organisation with its first workspace and its owner, and the audit line of it; in any transaction. */
  found(tx: Tx, founding: Founding): Promise<void>
}

export interface Founding {
  readonly tenantId: string
  readonly name: string
  readonly ownerId: string
  readonly locale: 'en' | 'zh'
}
