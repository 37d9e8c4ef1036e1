import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

export interface KeyRow {
  author_id: string
  ordinal: number
  public_key: string
  sealed_key: Buffer
  created_at: Date
}

const fields = sql`encode(author_id, 'hex') as author_id, ordinal, encode(public_key, 'hex') as public_key, sealed_key, created_at`

/** All keys of an account, in their order; of the node itself without an account. */
export async function keysOfAccount(tx: Tx, accountId: string | null): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select ${fields} from author_keys where account_id is not distinct from ${accountId}::uuid order by ordinal`.execute(
    tx.db,
  )
  return rows
}

export async function authorOfAccount(tx: Tx, accountId: string): Promise<string | null> {
  const { rows } = await sql<{ author_id: string }>`
    select encode(author_id, 'hex') as author_id from author_keys where account_id = ${accountId} and ordinal = 0`.execute(
    tx.db,
  )
  return rows[0]?.author_id ?? null
}

/** `false` when the account has a key of this number already. */
export async function insertKey(
  tx: Tx,
  tenantId: string,
  accountId: string | null,
  key: KeyRow,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into author_keys (tenant_id, author_id, ordinal, account_id, public_key, sealed_key, created_at)
    values (${tenantId}, ${toBytes(key.author_id)}, ${key.ordinal}, ${accountId}, ${toBytes(key.public_key)},
      ${key.sealed_key}, ${key.created_at})
    on conflict do nothing`.execute(tx.db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Which of these authors are members here. */
export async function accountsOf(tx: Tx, authorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await sql<{ author_id: string; account_id: string }>`
    select encode(author_id, 'hex') as author_id, account_id from author_keys
    where author_id = any(${allBytes(authorIds)}::bytea[]) and ordinal = 0 and account_id is not null`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.author_id, row.account_id]))
}
