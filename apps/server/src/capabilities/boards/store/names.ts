import type { ReadRecord } from '@stoa/records'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { allBytes, toBytes } from '../hex.ts'

/** Who authors are, as nodes say. The later word of each node holds. */
export async function putNames(tx: Tx, tenantId: string, records: readonly ReadRecord[]): Promise<void> {
  for (const { record } of records) {
    if (record.kind !== 'bind') continue
    await sql`
      insert into author_names as n (tenant_id, author_id, claimed_by, member, name, claimed_at)
      values (${tenantId}, ${toBytes(record.subject)}, ${toBytes(record.author)}, ${record.member}, ${record.name},
        ${new Date(record.createdAt)})
      on conflict (tenant_id, author_id, claimed_by) do update set member = excluded.member, name = excluded.name,
        claimed_at = excluded.claimed_at where n.claimed_at < excluded.claimed_at`.execute(tx.db)
  }
}

export interface NameRow {
  author_id: string
  claimed_by: string
  name: string
  /** Said by this node, or by a node of the cluster. */
  trusted: boolean
}

/** All that is said of these authors: what is believed first, then the latest. */
export async function namesOf(tx: Tx, authorIds: readonly string[]): Promise<NameRow[]> {
  if (authorIds.length === 0) return []
  const { rows } = await sql<NameRow>`
    select encode(n.author_id, 'hex') as author_id, encode(n.claimed_by, 'hex') as claimed_by, n.name,
      exists (select from author_keys k where k.author_id = n.claimed_by and k.account_id is null)
        or exists (select from board_peers p where p.node_author = n.claimed_by) as trusted
    from author_names n where n.author_id = any(${allBytes(authorIds)}::bytea[])
    order by 4 desc, n.claimed_at desc`.execute(tx.db)
  return rows
}

/** What one node says of an author. */
export async function claimOf(tx: Tx, authorId: string, by: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from author_names where author_id = ${toBytes(authorId)} and claimed_by = ${toBytes(by)}`.execute(
    tx.db,
  )
  return rows[0]?.name
}
