import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

/** Whoever is this far has finished: what follows is end matter. */
export const FINISHED_FROM = 0.995

/** What reading a book changes in the library's view of it. Later times win; earlier ones change nothing. */
export async function recordPosition(
  tx: Tx,
  tenantId: string,
  place: {
    bookId: string
    accountId: string
    fraction: number
    label: string | null
    deviceName: string
    recordedAt: Date
  },
): Promise<void> {
  await sql`
    insert into book_readers as r (tenant_id, book_id, account_id, status, status_recorded_at, fraction, label, device_name, read_at)
    values (${tenantId}, ${place.bookId}, ${place.accountId}, 'reading', null, ${place.fraction}, ${place.label},
      ${place.deviceName}, ${place.recordedAt})
    on conflict (tenant_id, book_id, account_id) do update set
      fraction = excluded.fraction, label = excluded.label, device_name = excluded.device_name, read_at = excluded.read_at,
      status = case
        when coalesce(r.status_recorded_at, '-infinity') > excluded.read_at then r.status
        when r.status = 'finished' then r.status
        when excluded.fraction >= ${FINISHED_FROM} then 'finished'
        else 'reading' end,
      finished_at = case when r.status <> 'finished' and excluded.fraction >= ${FINISHED_FROM} then excluded.read_at
        else r.finished_at end
    where r.read_at is null or r.read_at <= excluded.read_at`.execute(tx.db)
}

export async function recordStatus(
  tx: Tx,
  tenantId: string,
  change: { bookId: string; accountId: string; status: string; recordedAt: Date },
): Promise<void> {
  await sql`
    insert into book_readers as r (tenant_id, book_id, account_id, status, status_recorded_at, finished_at)
    values (${tenantId}, ${change.bookId}, ${change.accountId}, ${change.status}, ${change.recordedAt},
      ${change.status === 'finished' ? change.recordedAt : null}::timestamptz)
    on conflict (tenant_id, book_id, account_id) do update
      set status = excluded.status, status_recorded_at = excluded.status_recorded_at,
        finished_at = case when excluded.status = 'finished' then coalesce(r.finished_at, excluded.status_recorded_at) end
    where coalesce(r.status_recorded_at, '-infinity') <= excluded.status_recorded_at`.execute(tx.db)
}

/** Adds to the number of marks this person made in the book. */
export async function addMarks(
  tx: Tx,
  tenantId: string,
  change: { bookId: string; accountId: string; highlights: number; notes: number },
): Promise<void> {
  await sql`
    insert into book_readers as r (tenant_id, book_id, account_id, highlight_count, note_count)
    values (${tenantId}, ${change.bookId}, ${change.accountId}, greatest(${change.highlights}, 0), greatest(${change.notes}, 0))
    on conflict (tenant_id, book_id, account_id) do update set
      highlight_count = greatest(r.highlight_count + ${change.highlights}, 0),
      note_count = greatest(r.note_count + ${change.notes}, 0)`.execute(tx.db)
}

/** Books finished between two days (UTC), both included. */
export async function countFinished(
  tx: Tx,
  accountId: string,
  range: { from: string; to: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from book_readers
    where account_id = ${accountId} and status = 'finished'
      and finished_at >= ${range.from}::date and finished_at < ${range.to}::date + 1`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** Titles of these books, as far as they stand in these workspaces. */
export async function titlesOf(
  tx: Tx,
  workspaceIds: readonly string[],
  bookIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; title: string }>`
    select id, title from books
    where id = any(${[...bookIds]}::uuid[]) and workspace_id = any(${[...workspaceIds]}::uuid[])`.execute(
    tx.db,
  )
  return new Map(rows.map(({ id, title }) => [id, title]))
}
