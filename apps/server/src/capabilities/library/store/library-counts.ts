import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { type BookFilter, booksOutside, conditions, hasStatus } from './book-filter.ts'
import { mayJump } from './book-page.ts'

export interface LibraryCounts {
  all: number
  reading: number
  to_read: number
  finished: number
  processing: number
  failed: number
  trashed: number
}

export async function countLibrary(
  tx: Tx,
  accountId: string,
  workspaceIds: readonly string[],
): Promise<LibraryCounts> {
  const filter: BookFilter = { accountId, workspaceIds, trashed: false }
  const inside = (await mayJump(tx, filter))
    ? sql`r.book_id not in (${booksOutside(filter)})`
    : sql`exists (select from books b where b.tenant_id = r.tenant_id and b.id = r.book_id and ${conditions(filter)})`
  const { rows } = await sql<LibraryCounts>`
    with mine as (
      select r.status, count(*)::integer as count from book_readers r
      where r.account_id = ${accountId} and ${hasStatus} and ${inside} group by r.status
    ), unfinished as (
      select (b.state = 'FAILED') as failed, count(*)::integer as count from books b
      where b.state <> 'ACTIVE' and ${conditions(filter)} group by 1
    )
    select
      (select count(*)::integer from books b where ${conditions(filter)}) as "all",
      coalesce((select count from mine where status = 'reading'), 0) as reading,
      coalesce((select count from mine where status = 'to_read'), 0) as to_read,
      coalesce((select count from mine where status = 'finished'), 0) as finished,
      coalesce((select count from unfinished where not failed), 0) as processing,
      coalesce((select count from unfinished where failed), 0) as failed,
      (select count(*)::integer from books b where ${conditions({ ...filter, trashed: true })}) as trashed`.execute(
    tx.db,
  )
  return rows[0] as LibraryCounts
}
