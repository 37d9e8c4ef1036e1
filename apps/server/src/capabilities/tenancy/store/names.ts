import type { Tx } from '../../../platform/database/database.ts'

/** Names of accounts that are or were members of this organisation, by id. Others are left out. */
export async function namesOfMembers(
  tx: Tx,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('accounts')
    .select(['id', 'display_name'])
    .where('id', 'in', [...accountIds])
    .execute()
  return new Map(rows.map(({ id, display_name }) => [id, display_name]))
}
