import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'

export interface PositionRow {
  device_id: string
  device_name: string
  locator: object
  fraction: number
  label: string | null
  recorded_at: Date
}

export async function positionsIn(tx: Tx, accountId: string, bookId: string): Promise<PositionRow[]> {
  const { rows } = await sql<PositionRow>`
    select device_id, device_name, locator, fraction, label, recorded_at from reading_positions
    where book_id = ${bookId} and account_id = ${accountId} order by recorded_at desc, device_id limit 20`.execute(
    tx.db,
  )
  return rows
}

/** The device's place, unless a later one of the same device is known. */
export async function savePosition(
  tx: Tx,
  tenantId: string,
  place: { accountId: string; bookId: string; locator: object } & Omit<PositionRow, 'locator'>,
): Promise<void> {
  await sql`
    insert into reading_positions as p (tenant_id, book_id, account_id, device_id, device_name, locator, fraction, label, recorded_at)
    values (${tenantId}, ${place.bookId}, ${place.accountId}, ${place.device_id}, ${place.device_name},
      ${JSON.stringify(place.locator)}::jsonb, ${place.fraction}, ${place.label}, ${place.recorded_at})
    on conflict (tenant_id, book_id, account_id, device_id) do update set device_name = excluded.device_name,
      locator = excluded.locator, fraction = excluded.fraction, label = excluded.label, recorded_at = excluded.recorded_at
    where p.recorded_at <= excluded.recorded_at`.execute(tx.db)
}

export interface BookmarkRow {
  id: string
  book_id: string
  locator: object
  label: string | null
  excerpt: string | null
  created_at: Date
}

export async function bookmarksIn(tx: Tx, accountId: string, bookId: string): Promise<BookmarkRow[]> {
  const { rows } = await sql<BookmarkRow>`
    select id, book_id, locator, label, excerpt, created_at from bookmarks
    where book_id = ${bookId} and account_id = ${accountId}
    order by (locator ->> 'fraction')::real nulls last, created_at limit 1000`.execute(tx.db)
  return rows
}

/** `undefined` when the id belongs to another bookmark. */
export async function saveBookmark(
  tx: Tx,
  tenantId: string,
  mark: { accountId: string } & Omit<BookmarkRow, 'created_at'>,
): Promise<{ row: BookmarkRow; created: boolean } | undefined> {
  const { rows } = await sql<BookmarkRow & { created: boolean }>`
    insert into bookmarks as m (tenant_id, id, book_id, account_id, locator, label, excerpt)
    values (${tenantId}, ${mark.id}, ${mark.book_id}, ${mark.accountId}, ${JSON.stringify(mark.locator)}::jsonb, ${mark.label}, ${mark.excerpt})
    on conflict (tenant_id, id) do update set label = m.label
      where m.account_id = excluded.account_id and m.book_id = excluded.book_id
    returning id, book_id, locator, label, excerpt, created_at, (xmax = 0) as created`.execute(tx.db)
  const [row] = rows
  return row && { row, created: row.created }
}

export async function deleteBookmark(
  tx: Tx,
  accountId: string,
  bookId: string,
  bookmarkId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from bookmarks where id = ${bookmarkId} and book_id = ${bookId} and account_id = ${accountId}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

export interface SessionRow {
  id: string
  book_id: string
  time_zone: string
  started_at: Date
  last_beat_at: Date
  ended_at: Date | null
  active_seconds: number
  last_sequence: number
}

const sessionFields = sql`id, book_id, time_zone, started_at, last_beat_at, ended_at, active_seconds, last_sequence`

/** `undefined` when the id belongs to another person's session or another book. */
export async function startSession(
  tx: Tx,
  tenantId: string,
  session: {
    id: string
    bookId: string
    accountId: string
    deviceId: string
    timeZone: string
    startedAt: Date
  },
): Promise<{ row: SessionRow; created: boolean } | undefined> {
  const { rows } = await sql<SessionRow & { created: boolean }>`
    insert into reading_sessions as s (tenant_id, id, book_id, account_id, device_id, time_zone, started_at, last_beat_at)
    values (${tenantId}, ${session.id}, ${session.bookId}, ${session.accountId}, ${session.deviceId}, ${session.timeZone},
      ${session.startedAt}, ${session.startedAt})
    on conflict (tenant_id, id) do update set device_id = s.device_id
      where s.account_id = excluded.account_id and s.book_id = excluded.book_id
    returning ${sessionFields}, (xmax = 0) as created`.execute(tx.db)
  const [row] = rows
  return row && { row, created: row.created }
}

/** One's own session, locked until the transaction ends: beats are judged one after the other. */
export async function lockSession(
  tx: Tx,
  accountId: string,
  sessionId: string,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select ${sessionFields} from reading_sessions where id = ${sessionId} and account_id = ${accountId} for update`.execute(
    tx.db,
  )
  return rows[0]
}

export async function saveBeat(
  tx: Tx,
  sessionId: string,
  beat: { sequence: number; at: Date; seconds: number },
): Promise<SessionRow> {
  const { rows } = await sql<SessionRow>`
    update reading_sessions set last_sequence = ${beat.sequence}, last_beat_at = ${beat.at},
      active_seconds = active_seconds + ${beat.seconds}
    where id = ${sessionId} returning ${sessionFields}`.execute(tx.db)
  return rows[0] as SessionRow
}

export async function endSession(tx: Tx, sessionId: string, at: Date): Promise<SessionRow> {
  const { rows } = await sql<SessionRow>`
    update reading_sessions set ended_at = coalesce(ended_at, greatest(${at}, last_beat_at))
    where id = ${sessionId} returning ${sessionFields}`.execute(tx.db)
  return rows[0] as SessionRow
}

export async function addReadingTime(
  tx: Tx,
  tenantId: string,
  reader: { accountId: string; bookId: string },
  parts: readonly { date: string; hour: number; seconds: number }[],
): Promise<void> {
  for (const { date, hour, seconds } of parts) {
    await sql`
      insert into reading_time as t (tenant_id, account_id, book_id, date, hour, seconds)
      values (${tenantId}, ${reader.accountId}, ${reader.bookId}, ${date}::date, ${hour}, ${seconds})
      on conflict (tenant_id, account_id, date, book_id, hour) do update set seconds = t.seconds + excluded.seconds`.execute(
      tx.db,
    )
  }
}

export interface DayHour {
  date: string
  hour: number
  book_id: string
  seconds: number
}

/** Every hour of reading between two local days, both included. */
export async function readingTime(
  tx: Tx,
  accountId: string,
  range: { from: string; to: string; bookId?: string },
): Promise<DayHour[]> {
  const { rows } = await sql<DayHour>`
    select to_char(date, 'YYYY-MM-DD') as date, hour::integer, book_id, seconds from reading_time
    where account_id = ${accountId} and date between ${range.from}::date and ${range.to}::date
      and (${range.bookId ?? null}::uuid is null or book_id = ${range.bookId ?? null}::uuid)
    order by date, hour`.execute(tx.db)
  return rows
}

export async function readSettings(
  tx: Tx,
  accountId: string,
): Promise<{ settings: object; version: number } | undefined> {
  const row = await tx.db
    .selectFrom('reading_settings')
    .select(['settings', 'version'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && { settings: row.settings as object, version: row.version }
}

/** `false` when another version is stored than `basedOn` (0 = none yet). */
export async function saveSettings(
  tx: Tx,
  tenantId: string,
  accountId: string,
  settings: object,
  basedOn: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into reading_settings as s (tenant_id, account_id, settings, version)
    values (${tenantId}, ${accountId}, ${JSON.stringify(settings)}::jsonb, 1)
    on conflict (tenant_id, account_id) do update set settings = excluded.settings, version = s.version + 1
      where s.version = ${basedOn}`.execute(tx.db)
  return numAffectedRows === 1n
}
