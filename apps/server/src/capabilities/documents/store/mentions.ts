import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface MentionRow {
  account_id: string
  document_id: string
  document_title: string
  place_id: string
  thread_id: string | null
  author_id: string | null
  text: string
  read_at: Date | null
  created_at: Date
}

export interface NewMentions {
  readonly documentId: string
  /** A comment, or the document for its text. */
  readonly placeId: string
  readonly threadId: string | null
  readonly authorId: string | null
  readonly at: Date
}

/** Remembers mentions at one place; answers who was not mentioned there before. */
export async function addMentions(
  tx: Tx,
  tenantId: string,
  place: NewMentions,
  mentions: readonly { readonly accountId: string; readonly text: string }[],
): Promise<string[]> {
  if (mentions.length === 0) return []
  const { rows } = await sql<{ account_id: string }>`
    insert into document_mentions (tenant_id, account_id, document_id, place_id, thread_id, author_id, text, created_at)
    select ${tenantId}::uuid, m.account_id, ${place.documentId}::uuid, ${place.placeId}::uuid, ${place.threadId}::uuid,
      ${place.authorId}::uuid, m.text, ${place.at}::timestamptz
    from unnest(${mentions.map((one) => one.accountId)}::uuid[], ${mentions.map((one) => one.text)}::text[]) as m(account_id, text)
    on conflict do nothing returning account_id`.execute(tx.db)
  return rows.map((row) => row.account_id)
}

/** Forgets mentions at one place, of everybody but these. */
export async function keepMentions(
  tx: Tx,
  documentId: string,
  placeId: string,
  accountIds: readonly string[],
): Promise<void> {
  await sql`
    delete from document_mentions where document_id = ${documentId} and place_id = ${placeId}
      and not account_id = any(${[...accountIds]}::uuid[])`.execute(tx.db)
}

export async function listMentions(
  tx: Tx,
  accountId: string,
  unread: boolean,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<MentionRow[]> {
  const [at, id] = page.after ?? []
  const past =
    page.after === undefined
      ? sql`true`
      : sql`(m.created_at, m.place_id) < (${new Date(at ?? 0)}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<MentionRow>`
    select m.account_id, m.document_id, d.title as document_title, m.place_id, m.thread_id, m.author_id, m.text, m.read_at,
      m.created_at
    from document_mentions m join documents d on d.tenant_id = m.tenant_id and d.id = m.document_id
    where m.account_id = ${accountId} and d.trashed_at is null and (not ${unread} or m.read_at is null)
      and m.document_id = any (array(select stoa.visible_documents())) and ${past}
    order by m.created_at desc, m.place_id desc limit ${page.limit}`.execute(tx.db)
  return rows
}

export async function markRead(
  tx: Tx,
  accountId: string,
  documentId: string | undefined,
  at: Date,
): Promise<void> {
  await sql`
    update document_mentions set read_at = ${at} where account_id = ${accountId} and read_at is null
      and (${documentId ?? null}::uuid is null or document_id = ${documentId ?? null}::uuid)`.execute(tx.db)
}
