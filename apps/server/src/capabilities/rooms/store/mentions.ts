import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import { EVERYONE } from '../rules.ts'

export interface MentionedIn {
  readonly room_id: string
  readonly sequence: number
  readonly account_id: string
  readonly mentions: readonly string[]
  readonly mentions_everyone: boolean
  readonly created_at: Date
}

/** Whom a message mentions, as it stands now. */
export async function writeMentions(
  tx: Tx,
  tenantId: string,
  message: MentionedIn,
  isNew: boolean,
): Promise<void> {
  const { room_id, sequence, mentions, mentions_everyone } = message
  if (!isNew) await deleteMentions(tx, room_id, sequence)
  const accounts = mentions_everyone ? [...mentions, EVERYONE] : [...mentions]
  if (accounts.length === 0) return
  await sql`
    insert into message_mentions (tenant_id, account_id, room_id, sequence, author_id, created_at)
    select ${tenantId}::uuid, account, ${room_id}::uuid, ${sequence}::bigint, ${message.account_id}::uuid, ${message.created_at}::timestamptz
    from unnest(${accounts}::uuid[]) as account`.execute(tx.db)
}

export async function deleteMentions(tx: Tx, roomId: string, sequence: number): Promise<void> {
  await sql`delete from message_mentions where room_id = ${roomId} and sequence = ${sequence}`.execute(tx.db)
}

export interface MentionRow {
  room_id: string
  message_id: string
  sequence: number
  unread: boolean
  key: string
}

/** Sort keys of the last mention of the page before: its time, room and place. */
export type MentionKeys = readonly [string, string, string]

/** Mentions of the account, and of everybody, in the rooms that it has joined and still sees; newest first. */
export async function listMentionRows(
  tx: Tx,
  accountId: string,
  page: { readonly unread: boolean; readonly after: MentionKeys | undefined; readonly limit: number },
): Promise<MentionRow[]> {
  const [at = null, room = null, sequence = null] = page.after ?? []
  const { rows } = await sql<MentionRow>`
    select m.room_id, x.id as message_id, m.sequence, m.sequence > own.read_sequence as unread, m.created_at::text as key
    from (
      select distinct on (created_at, room_id, sequence) room_id, sequence, created_at, tenant_id from message_mentions
      where account_id in (${accountId}, ${EVERYONE}) and author_id <> ${accountId}
        and room_id = any (array(select stoa.visible_rooms()))
        and (${at}::timestamptz is null or (created_at, room_id, sequence) < (${at}::timestamptz, ${room}::uuid, ${sequence}::bigint))
    ) m
    join room_members own on own.tenant_id = m.tenant_id and own.room_id = m.room_id and own.account_id = ${accountId}
    join messages x on x.tenant_id = m.tenant_id and x.room_id = m.room_id and x.sequence = m.sequence
    where not ${page.unread} or m.sequence > own.read_sequence
    order by m.created_at desc, m.room_id desc, m.sequence desc limit ${page.limit}`.execute(tx.db)
  return rows
}
