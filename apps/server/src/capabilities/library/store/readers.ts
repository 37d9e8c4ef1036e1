import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

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
    values (${tenantId}, ${place.bookId}, ${place.accountId}, 'reading', ${place.recordedAt}, ${place.fraction}, ${place.label},
      ${place.deviceName}, ${place.recordedAt})
    on conflict (tenant_id, book_id, account_id) do update set
      fraction = excluded.fraction, label = excluded.label, device_name = excluded.device_name, read_at = excluded.read_at,
      status = case when r.status in ('none', 'to_read') and coalesce(r.status_recorded_at, '-infinity') <= excluded.read_at
        then 'reading' else r.status end
    where r.read_at is null or r.read_at <= excluded.read_at`.execute(tx.db)
}

export async function recordStatus(
  tx: Tx,
  tenantId: string,
  change: { bookId: string; accountId: string; status: string; recordedAt: Date },
): Promise<void> {
  await sql`
    insert into book_readers as r (tenant_id, book_id, account_id, status, status_recorded_at)
    values (${tenantId}, ${change.bookId}, ${change.accountId}, ${change.status}, ${change.recordedAt})
    on conflict (tenant_id, book_id, account_id) do update
      set status = excluded.status, status_recorded_at = excluded.status_recorded_at
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
