import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export interface Anchor {
  readonly start: string
  readonly end: string
  readonly quote: { readonly exact: string; readonly prefix: string; readonly suffix: string }
}

export interface ThreadRow {
  id: string
  document_id: string
  anchor: Anchor | null
  resolved_at: Date | null
  resolved_by: string | null
  version: number
  comment_count: number
  created_at: Date
  updated_at: Date
}

export interface CommentRow {
  id: string
  document_id: string
  thread_id: string
  account_id: string
  body: string
  mentions: string[]
  version: number
  created_at: Date
  edited_at: Date | null
}

const threadFields = sql`
  t.id, t.document_id, t.anchor, t.resolved_at, t.resolved_by, t.version, t.created_at, t.updated_at,
  (select count(*)::integer from document_comments c where c.tenant_id = t.tenant_id and c.thread_id = t.id) as comment_count`
const commentFields = sql`id, document_id, thread_id, account_id, body, mentions, version, created_at, edited_at`
const json = (anchor: Anchor | null) => (anchor === null ? null : JSON.stringify(anchor))

/** `false` when the id is taken. */
export async function insertThread(
  tx: Tx,
  tenantId: string,
  thread: {
    readonly id: string
    readonly documentId: string
    readonly anchor: Anchor | null
    readonly at: Date
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into document_threads (tenant_id, id, document_id, anchor, created_at, updated_at)
    values (${tenantId}, ${thread.id}, ${thread.documentId}, ${json(thread.anchor)}::jsonb, ${thread.at}, ${thread.at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function findThread(tx: Tx, documentId: string, id: string): Promise<ThreadRow | undefined> {
  const { rows } = await sql<ThreadRow>`
    select ${threadFields} from document_threads t where t.document_id = ${documentId} and t.id = ${id}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function listThreads(
  tx: Tx,
  documentId: string,
  resolved: boolean | undefined,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<ThreadRow[]> {
  const [at, id] = page.after ?? []
  const past =
    page.after === undefined
      ? sql`true`
      : sql`(t.created_at, t.id) > (${new Date(at ?? 0)}::timestamptz, ${id}::uuid)`
  const state = resolved === undefined ? sql`true` : sql`(t.resolved_at is not null) = ${resolved}`
  const { rows } = await sql<ThreadRow>`
    select ${threadFields} from document_threads t where t.document_id = ${documentId} and ${state} and ${past}
    order by t.created_at, t.id limit ${page.limit}`.execute(tx.db)
  return rows
}

/** Only when the thread still has this version; without one, whatever it has. Answers whether it was changed. */
export async function updateThread(
  tx: Tx,
  id: string,
  changes: {
    readonly anchor?: Anchor
    readonly resolved?: { readonly at: Date; readonly by: string } | null
  },
  at: Date,
  version: number | undefined,
): Promise<boolean> {
  const { anchor, resolved } = changes
  const set = [
    ...(anchor === undefined ? [] : [sql`anchor = ${json(anchor)}::jsonb`]),
    ...(resolved === undefined
      ? []
      : [sql`resolved_at = ${resolved?.at ?? null}`, sql`resolved_by = ${resolved?.by ?? null}`]),
  ]
  const { numAffectedRows } = await sql`
    update document_threads set ${sql.join([...set, sql`version = version + 1`, sql`updated_at = ${at}`])}
    where id = ${id} and (${version ?? null}::integer is null or version = ${version ?? null}::integer)`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

export async function deleteThread(tx: Tx, id: string): Promise<void> {
  await sql`delete from document_threads where id = ${id}`.execute(tx.db)
}

/** `false` when the id is taken. */
export async function insertComment(
  tx: Tx,
  tenantId: string,
  row: Pick<
    CommentRow,
    'id' | 'document_id' | 'thread_id' | 'account_id' | 'body' | 'mentions' | 'created_at'
  >,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into document_comments (tenant_id, id, document_id, thread_id, account_id, body, mentions, created_at)
    values (${tenantId}, ${row.id}, ${row.document_id}, ${row.thread_id}, ${row.account_id}, ${row.body},
      ${row.mentions}::uuid[], ${row.created_at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function findComment(tx: Tx, documentId: string, id: string): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`
    select ${commentFields} from document_comments where document_id = ${documentId} and id = ${id}`.execute(
    tx.db,
  )
  return rows[0]
}

export async function updateComment(
  tx: Tx,
  id: string,
  changed: { readonly body: string; readonly mentions: readonly string[]; readonly at: Date },
  version: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update document_comments set body = ${changed.body}, mentions = ${[...changed.mentions]}::uuid[], edited_at = ${changed.at},
      version = version + 1
    where id = ${id} and version = ${version}`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function deleteComment(tx: Tx, id: string): Promise<void> {
  await sql`delete from document_comments where id = ${id}`.execute(tx.db)
}

export async function listComments(
  tx: Tx,
  threadId: string,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<CommentRow[]> {
  const [at, id] = page.after ?? []
  const past =
    page.after === undefined
      ? sql`true`
      : sql`(created_at, id) > (${new Date(at ?? 0)}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<CommentRow>`
    select ${commentFields} from document_comments where thread_id = ${threadId} and ${past}
    order by created_at, id limit ${page.limit}`.execute(tx.db)
  return rows
}

/** The first `each` comments of each thread. */
export async function firstComments(
  tx: Tx,
  threadIds: readonly string[],
  each: number,
): Promise<CommentRow[]> {
  if (threadIds.length === 0) return []
  const { rows } = await sql<CommentRow>`
    select c.* from unnest(${[...threadIds]}::uuid[]) as t(id) cross join lateral (
      select ${commentFields} from document_comments where thread_id = t.id order by created_at, id limit ${each}) c`.execute(
    tx.db,
  )
  return rows
}
