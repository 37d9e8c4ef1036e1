import { type ExpressionBuilder, sql } from 'kysely'
import type { Role, Tx } from '../../../platform/database/database.ts'
import type { Tables } from '../../../platform/database/tables.generated.ts'

export interface StoredMember {
  readonly accountId: string
  readonly displayName: string
  /** The name as the list is sorted by it. */
  readonly sortName: string
  readonly email: string | null
  readonly role: Role
  readonly version: number
  readonly joinedAt: Date
  readonly workspaceIds: readonly string[]
}

/** Where a page begins: after this name (in lower case) and id. */
export interface MemberPosition {
  readonly name: string
  readonly accountId: string
}

export interface MemberQuery {
  readonly after?: MemberPosition | undefined
  readonly limit: number
  /** Part of a name, or of an address where `byEmail`. */
  readonly text?: string | undefined
  readonly byEmail: boolean
}

type Joined = Tables & { memberships: Tables['memberships']; people: Tables['people'] }

/** Only workspaces that the caller sees are told. */
const workspacesOfMember = (is: ExpressionBuilder<Joined, 'memberships' | 'people'>) =>
  is
    .selectFrom('workspace_members')
    .select(sql<string[]>`coalesce(array_agg(workspace_id order by workspace_id), '{}')`.as('ids'))
    .whereRef('workspace_members.tenant_id', '=', 'memberships.tenant_id')
    .whereRef('workspace_members.account_id', '=', 'memberships.account_id')
    .where('workspace_members.workspace_id', '=', sql<string>`any (array(select stoa.visible_workspaces()))`)
    .as('workspace_ids')

const members = (tx: Tx) =>
  tx.db
    .selectFrom('memberships')
    .innerJoin('people', 'people.account_id', 'memberships.account_id')
    .select(['memberships.account_id', 'display_name', 'email', 'role', 'version', 'joined_at'])
    .select(sql<string>`lower(display_name)`.as('sort_name'))
    .select(workspacesOfMember)
    .where('removed_at', 'is', null)

export async function findMember(tx: Tx, accountId: string): Promise<StoredMember | undefined> {
  const row = await members(tx).where('memberships.account_id', '=', accountId).executeTakeFirst()
  return row && toMember(row)
}

/** By name. */
export async function listMembers(tx: Tx, query: MemberQuery): Promise<StoredMember[]> {
  const { after, limit, text, byEmail } = query
  const pattern = `%${(text ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const name = sql<string>`lower(display_name)`
  const rows = await members(tx)
    .$if(text !== undefined && text !== '', (some) =>
      some.where((is) =>
        is.or([is('display_name', 'ilike', pattern), ...(byEmail ? [is('email', 'ilike', pattern)] : [])]),
      ),
    )
    .$if(after !== undefined, (some) =>
      some.where(
        sql<boolean>`(lower(display_name), memberships.account_id) > (${after?.name}, ${after?.accountId}::uuid)`,
      ),
    )
    .orderBy(name)
    .orderBy('memberships.account_id')
    .limit(limit)
    .execute()
  return rows.map(toMember)
}

/**
 * Takes turns: of two who change roles at once the second sees what the first did, so that they cannot take the last two
 * owners away together. Also for archiving the last two workspaces.
 */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.db.selectFrom('tenants').select('id').where('id', '=', tenantId).forUpdate().execute()
}

export async function countOwners(tx: Tx): Promise<number> {
  const { count } = await tx.db
    .selectFrom('memberships')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Whether the member still was at `version` and was changed. */
export async function updateRole(tx: Tx, accountId: string, version: number, role: Role): Promise<boolean> {
  const result = await tx.db
    .updateTable('memberships')
    .set({ role, version: version + 1 })
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function markRemoved(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('memberships')
    .set({ removed_at: at, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .execute()
}

interface MemberRow {
  readonly account_id: string
  readonly display_name: string | null
  readonly sort_name: string
  readonly email: string | null
  readonly role: string
  readonly version: number
  readonly joined_at: Date
  readonly workspace_ids: string[] | null
}

const toMember = (row: MemberRow): StoredMember => ({
  accountId: row.account_id,
  displayName: row.display_name ?? '',
  sortName: row.sort_name,
  email: row.email,
  role: row.role as Role,
  version: row.version,
  joinedAt: row.joined_at,
  workspaceIds: row.workspace_ids ?? [],
})
