import { sql } from 'kysely'
import type { Role, Tx } from '../../../platform/database/database.ts'

export interface AccountMembership {
  readonly tenantId: string
  readonly name: string
  readonly role: Role
}

/** The organisations of the transaction's account, by name. For transactions of an account, outside of a tenant. */
export async function listMemberships(tx: Tx): Promise<AccountMembership[]> {
  const rows = await tx.db
    .selectFrom('memberships')
    .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
    .select(['tenants.id', 'tenants.name', 'memberships.role'])
    .where('memberships.account_id', '=', sql<string>`stoa.current_account()`)
    .where('memberships.removed_at', 'is', null)
    .orderBy(sql`lower(tenants.name)`)
    .orderBy('tenants.id')
    .execute()
  return rows.map(({ id, name, role }) => ({ tenantId: id, name, role: role as Role }))
}

/** The role of the transaction's account; undefined when it does not belong there. */
export async function findRole(tx: Tx, tenantId: string): Promise<Role | undefined> {
  const row = await tx.db
    .selectFrom('memberships')
    .select('role')
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', sql<string>`stoa.current_account()`)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.role as Role | undefined
}

export interface NewMembership {
  readonly tenantId: string
  readonly accountId: string
  readonly role: Role
  readonly joinedAt: Date
}

/** Makes a member, also of somebody who was one before. */
export async function insertMembership(tx: Tx, membership: NewMembership): Promise<void> {
  const { tenantId, accountId, role, joinedAt } = membership
  await tx.db
    .insertInto('memberships')
    .values({ tenant_id: tenantId, account_id: accountId, role, joined_at: joinedAt })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'account_id']).doUpdateSet((old) => ({
        role,
        joined_at: joinedAt,
        removed_at: null,
        version: sql<number>`${old.ref('memberships.version')} + 1`,
      })),
    )
    .execute()
}
