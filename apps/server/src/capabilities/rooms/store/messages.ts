import type { components } from '@stoa/contracts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { StoredImage } from '../../../platform/images/thumbnail.ts'

type Schemas = components['schemas']

/** A passage as it was cited; the cover is looked up when it is shown. */
export interface StoredCitation {
  readonly book_id: string
  readonly locator: Schemas['Locator']
  readonly quote: Schemas['TextQuote']
  readonly chapter: string | null
  readonly book_title: string
  readonly book_authors: readonly string[]
  readonly color: Schemas['HighlightColor'] | null
  readonly marked_by: string | null
}

/** A message is quoted by where it stands, a note or highlight as it was. */
export type StoredQuote =
  | { readonly kind: 'message'; readonly id: string; readonly room_id: string }
  | {
      readonly kind: 'note' | 'highlight'
      readonly id: string
      readonly author_id: string
      readonly text: string
      readonly book_id: string | null
      readonly book_title: string | null
      readonly locator: Schemas['Locator'] | null
      readonly quote: Schemas['TextQuote'] | null
      readonly color: Schemas['HighlightColor'] | null
      readonly created_at: string
    }

export interface StoredAttachment {
  readonly id: string
  readonly filename: string
  readonly media_type: string
  readonly size: number
  readonly image: StoredImage | null
}

export interface MessageRow {
  room_id: string
  sequence: number
  id: string
  revision: number
  version: number
  account_id: string
  body: string
  thread_root_id: string | null
  reply_count: number
  last_reply_at: Date | null
  repliers: string[]
  mentions: string[]
  mentions_everyone: boolean
  citations: StoredCitation[]
  quotes: StoredQuote[]
  attachments: StoredAttachment[]
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
}

const fields = sql`x.room_id, x.sequence, x.id, x.revision, x.version, x.account_id, x.body, x.thread_root_id, x.reply_count,
  x.last_reply_at, x.repliers, x.mentions, x.mentions_everyone, x.citations, x.quotes, x.attachments, x.created_at, x.edited_at,
  x.deleted_at`

const rowsOf = async (tx: Tx, rest: RawBuilder<unknown>): Promise<MessageRow[]> => {
  const { rows } = await sql<MessageRow>`select ${fields} from messages x where ${rest}`.execute(tx.db)
  return rows
}

export async function findMessage(tx: Tx, roomId: string, id: string): Promise<MessageRow | undefined> {
  const [row] = await rowsOf(tx, sql`x.id = ${id} and x.room_id = ${roomId}`)
  return row
}

/** The same, and nobody else changes it until the end of the transaction. */
export async function lockMessage(tx: Tx, roomId: string, id: string): Promise<MessageRow | undefined> {
  const [row] = await rowsOf(tx, sql`x.id = ${id} and x.room_id = ${roomId} for update`)
  return row
}

/** In whatever room; only for whoever checks the room afterwards. */
export function messagesById(tx: Tx, ids: readonly string[]): Promise<MessageRow[]> {
  return rowsOf(tx, sql`x.id = any(${[...ids]}::uuid[])`)
}

/** A stretch of a room or of one thread, in the order of the room. `limit` is reached from the side that is named. */
export async function stretch(
  tx: Tx,
  where: { readonly roomId: string; readonly thread: string | undefined },
  range: {
    readonly after: number
    readonly before: number
    readonly from: 'start' | 'end'
    readonly limit: number
  },
): Promise<MessageRow[]> {
  const thread =
    where.thread === undefined ? sql`x.thread_root_id is null` : sql`x.thread_root_id = ${where.thread}`
  const order = range.from === 'start' ? sql`x.sequence` : sql`x.sequence desc`
  const rows = await rowsOf(
    tx,
    sql`x.room_id = ${where.roomId} and ${thread} and x.sequence > ${range.after} and x.sequence < ${range.before}
      order by ${order} limit ${range.limit}`,
  )
  return range.from === 'start' ? rows : rows.reverse()
}

/** Whole conversation with its threads: for files. */
export function allAfter(tx: Tx, roomId: string, after: number, limit: number): Promise<MessageRow[]> {
  return rowsOf(tx, sql`x.room_id = ${roomId} and x.sequence > ${after} order by x.sequence limit ${limit}`)
}

export function changedAfter(tx: Tx, roomId: string, revision: number, limit: number): Promise<MessageRow[]> {
  return rowsOf(
    tx,
    sql`x.room_id = ${roomId} and x.revision > ${revision} order by x.revision limit ${limit}`,
  )
}

/**
 * The first sequence at or after a time, one past the last when there is none. Sequences have no gaps and times grow with
 * them, so the room is halved: about twenty rows are looked at, and no index on time is kept.
 */
export async function sequenceAt(tx: Tx, roomId: string, time: string, last: number): Promise<number> {
  const { rows } = await sql<{ low: number }>`
    with recursive halves(low, high) as (
      select 1::bigint, ${last}::bigint + 1
      union all
      select case when h.before then h.middle + 1 else h.low end, case when h.before then h.high else h.middle end
      from (
        select low, high, (low + high) / 2 as middle, (
          select x.created_at < ${time}::timestamptz from messages x
          where x.room_id = ${roomId} and x.sequence = (halves.low + halves.high) / 2) as before
        from halves where low < high) h
    )
    select max(low) as low from halves`.execute(tx.db)
  return rows[0]?.low ?? 1
}

/** The first message of others after a place, removed ones left out. */
export async function firstUnread(
  tx: Tx,
  roomId: string,
  accountId: string,
  after: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ sequence: number }>`
    select sequence from messages where room_id = ${roomId} and sequence > ${after} and account_id <> ${accountId}
      and deleted_at is null and thread_root_id is null order by sequence limit 1`.execute(tx.db)
  return rows[0]?.sequence
}

export type NewMessage = Pick<
  MessageRow,
  | 'room_id'
  | 'id'
  | 'account_id'
  | 'body'
  | 'thread_root_id'
  | 'mentions'
  | 'mentions_everyone'
  | 'citations'
  | 'quotes'
  | 'attachments'
>

/** Where a new message stands. */
export interface Appended {
  readonly sequence: number
  readonly revision: number
  readonly created_at: Date
  readonly archived: boolean
  /** It was written: the room is not archived, and the id was free. */
  readonly written: boolean
}

/**
 * Gives a message the next place of its room and writes it, in one statement: the room's row stays locked from here to the
 * end of the transaction, so that who comes later gets later numbers, what rolls back leaves no gap, and times grow with
 * the sequence. A reply takes a second revision for what changes of its thread.
 */
export async function appendMessage(tx: Tx, tenantId: string, row: NewMessage, now: Date): Promise<Appended> {
  const revisions = row.thread_root_id === null ? 1 : 2
  const { rows } = await sql<Appended>`
    with place as (
      update rooms set last_sequence = last_sequence + 1, last_revision = last_revision + ${revisions},
        last_message_at = greatest(last_message_at, ${now}::timestamptz)
      where id = ${row.room_id}
      returning last_sequence as sequence, last_revision - ${revisions} + 1 as revision, last_message_at as created_at,
        archived_at is not null as archived
    ), added as (
      insert into messages (tenant_id, room_id, sequence, id, revision, account_id, body, thread_root_id, mentions,
        mentions_everyone, citations, quotes, attachments, created_at)
      select ${tenantId}::uuid, ${row.room_id}::uuid, sequence, ${row.id}::uuid, revision, ${row.account_id}::uuid, ${row.body},
        ${row.thread_root_id}::uuid, ${row.mentions}::uuid[], ${row.mentions_everyone}::boolean,
        ${JSON.stringify(row.citations)}::jsonb, ${JSON.stringify(row.quotes)}::jsonb,
        ${JSON.stringify(row.attachments)}::jsonb, created_at
      from place where not archived
      on conflict (tenant_id, id) do nothing returning 1
    )
    select place.*, exists (select from added) as written from place`.execute(tx.db)
  return rows[0] as Appended
}

const REPLIERS = 5

/** Counts a reply, or takes a removed one off, and numbers the change. */
export async function countReply(
  tx: Tx,
  rootId: string,
  change: { readonly step: 1 | -1; readonly by: string; readonly at: Date; readonly revision: number },
): Promise<void> {
  await sql`
    update messages set reply_count = greatest(reply_count + ${change.step}, 0), revision = ${change.revision},
      last_reply_at = case when ${change.step} = 1 then ${change.at}::timestamptz else last_reply_at end,
      repliers = case when ${change.step} = 1 and not ${change.by}::uuid = any(repliers) and cardinality(repliers) < ${REPLIERS}
        then repliers || ${change.by}::uuid else repliers end
    where id = ${rootId}`.execute(tx.db)
}

export async function editBody(
  tx: Tx,
  id: string,
  edit: {
    readonly body: string
    readonly mentions: readonly string[]
    readonly everyone: boolean
    readonly revision: number
    readonly at: Date
  },
): Promise<void> {
  await sql`
    update messages set body = ${edit.body}, mentions = ${[...edit.mentions]}::uuid[], mentions_everyone = ${edit.everyone},
      version = version + 1, revision = ${edit.revision}, edited_at = ${edit.at}
    where id = ${id}`.execute(tx.db)
}

/** Leaves a tombstone: place, author and times. */
export async function clearMessage(
  tx: Tx,
  id: string,
  removal: { readonly by: string; readonly at: Date; readonly revision: number },
): Promise<void> {
  await sql`
    update messages set body = '', mentions = '{}', mentions_everyone = false, citations = '[]', quotes = '[]',
      attachments = '[]', version = version + 1, revision = ${removal.revision}, deleted_at = ${removal.at},
      deleted_by = ${removal.by}
    where id = ${id}`.execute(tx.db)
}

export async function setRevision(tx: Tx, id: string, revision: number): Promise<void> {
  await sql`update messages set revision = ${revision} where id = ${id}`.execute(tx.db)
}
