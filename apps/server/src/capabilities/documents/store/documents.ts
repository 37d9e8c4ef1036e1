import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { DocumentRole } from '../rules.ts'

export interface DocumentRow {
  id: string
  workspace_id: string
  book_id: string | null
  title: string
  visibility: 'workspace' | 'private'
  workspace_access: 'read' | 'comment' | 'write'
  version: number
  created_by: string
  edited_by: string | null
  edited_at: Date
  trashed_at: Date | null
  created_at: Date
  excerpt: string
  word_count: number
  /** Of the account that asks. */
  role: DocumentRole | null
  starred: boolean
  open_threads: number
}

const columns = (accountId: string) => sql`
  d.id, d.workspace_id, d.book_id, d.title, d.visibility, d.workspace_access, d.version, d.created_by, d.edited_by, d.edited_at,
  d.trashed_at, d.created_at, d.excerpt, d.word_count,
  (select m.role from document_members m where m.tenant_id = d.tenant_id and m.document_id = d.id and m.account_id = ${accountId}) as role,
  exists (select from document_stars s where s.tenant_id = d.tenant_id and s.account_id = ${accountId} and s.document_id = d.id) as starred,
  (select count(*)::integer from document_threads t
    where t.tenant_id = d.tenant_id and t.document_id = d.id and t.resolved_at is null) as open_threads`

const VISIBLE = sql`d.id = any (array(select stoa.visible_documents()))`

/** `undefined` when there is none that the account may read. Also what is in the trash. */
export async function findDocument(tx: Tx, accountId: string, id: string): Promise<DocumentRow | undefined> {
  const { rows } = await sql<DocumentRow>`
    select ${columns(accountId)} from documents d
    where d.id = ${id} and exists (select from stoa.visible_documents() as v(id) where v.id = d.id)`.execute(
    tx.db,
  )
  return rows[0]
}

export interface DocumentFilter {
  readonly workspaceId: string | undefined
  readonly words: readonly string[]
  readonly bookId: string | undefined
  readonly citesBookId: string | undefined
  readonly mine: boolean
  readonly starred: boolean
  readonly trashed: boolean
  /** Owners and admins of the organisation manage what the workspace sees. */
  readonly governs: boolean
  readonly sort: 'edited' | 'title' | 'created'
}

const SORTS = {
  edited: { column: sql`d.edited_at`, order: sql`desc`, past: sql`<` },
  created: { column: sql`d.created_at`, order: sql`desc`, past: sql`<` },
  title: { column: sql`d.title_key`, order: sql`asc`, past: sql`>` },
}

/** What a row is sorted by, for the cursor; times are whole milliseconds. */
export const sortKeyOf = (row: DocumentRow & { title_key: string }, sort: DocumentFilter['sort']): string =>
  sort === 'title' ? row.title_key : (sort === 'edited' ? row.edited_at : row.created_at).toISOString()

export async function listDocuments(
  tx: Tx,
  accountId: string,
  filter: DocumentFilter,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<(DocumentRow & { title_key: string })[]> {
  const { column, order, past } = SORTS[filter.sort]
  const [afterKey = '', afterId] = page.after ?? []
  const from = filter.sort === 'title' ? sql`${afterKey}` : sql`${new Date(afterKey)}::timestamptz`
  const conditions = [
    VISIBLE,
    filter.trashed ? sql`d.trashed_at is not null` : sql`d.trashed_at is null`,
    ...(filter.workspaceId === undefined ? [] : [sql`d.workspace_id = ${filter.workspaceId}`]),
    ...(filter.bookId === undefined ? [] : [sql`d.book_id = ${filter.bookId}`]),
    ...(filter.mine ? [sql`d.created_by = ${accountId}`] : []),
    ...filter.words.map((word) => sql`(' ' || lower(d.title)) like ${`% ${word}%`}`),
    ...(filter.citesBookId === undefined
      ? []
      : [
          sql`exists (select from document_citations c
          where c.tenant_id = d.tenant_id and c.document_id = d.id and c.book_id = ${filter.citesBookId})`,
        ]),
    ...(filter.starred
      ? [
          sql`exists (select from document_stars s
          where s.tenant_id = d.tenant_id and s.account_id = ${accountId} and s.document_id = d.id)`,
        ]
      : []),
    ...(filter.trashed
      ? [
          sql`((${filter.governs} and d.visibility = 'workspace') or exists (select from document_members m
          where m.tenant_id = d.tenant_id and m.document_id = d.id and m.account_id = ${accountId} and m.role = 'owner'))`,
        ]
      : []),
    ...(page.after === undefined ? [] : [sql`(${column}, d.id) ${past} (${from}, ${afterId}::uuid)`]),
  ]
  const { rows } = await sql<DocumentRow & { title_key: string }>`
    select ${columns(accountId)}, d.title_key from documents d where ${sql.join(conditions, sql` and `)}
    order by ${column} ${order}, d.id ${order} limit ${page.limit}`.execute(tx.db)
  return rows
}

export interface NewDocument {
  readonly id: string
  readonly workspace_id: string
  readonly book_id: string | null
  readonly title: string
  readonly title_key: string
  readonly visibility: 'workspace' | 'private'
  readonly workspace_access: 'read' | 'comment' | 'write'
  readonly created_by: string
  readonly at: Date
}

/** `false` when the id is taken. */
export async function insertDocument(tx: Tx, tenantId: string, row: NewDocument): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into documents (tenant_id, id, workspace_id, book_id, title, title_key, visibility, workspace_access, created_by,
      edited_at, created_at)
    values (${tenantId}, ${row.id}, ${row.workspace_id}, ${row.book_id}, ${row.title}, ${row.title_key}, ${row.visibility},
      ${row.workspace_access}, ${row.created_by}, ${row.at}, ${row.at})
    on conflict do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

export interface DocumentChanges {
  readonly title?: string | undefined
  readonly title_key?: string | undefined
  readonly visibility?: 'workspace' | 'private' | undefined
  readonly workspace_access?: 'read' | 'comment' | 'write' | undefined
  readonly book_id?: string | null | undefined
}

/** Only when the document still has this version. Answers whether it was changed. */
export async function updateDocumentRow(
  tx: Tx,
  id: string,
  changes: DocumentChanges,
  version: number,
): Promise<boolean> {
  const set = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => sql`${sql.ref(field)} = ${value}`)
  const { numAffectedRows } = await sql`
    update documents set ${sql.join([...set, sql`version = version + 1`])} where id = ${id} and version = ${version}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

export async function setTrashed(tx: Tx, id: string, at: Date | null): Promise<void> {
  await sql`update documents set trashed_at = ${at}, version = version + 1 where id = ${id}`.execute(tx.db)
}

/** Forgets a document in the trash with everything that belongs to it; answers the files whose bytes are to go. */
export async function dropDocument(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from document_files where document_id = ${id}`.execute(
    tx.db,
  )
  await sql`delete from documents where id = ${id} and trashed_at is not null`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** The oldest in the trash, of this tenant. */
export async function trashedBefore(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from documents where trashed_at < ${before} order by trashed_at limit ${limit}`.execute(tx.db)
  return rows.map((row) => row.id)
}

export async function setStarred(
  tx: Tx,
  tenantId: string,
  accountId: string,
  documentId: string,
  starred: boolean,
): Promise<void> {
  if (starred)
    await sql`insert into document_stars (tenant_id, account_id, document_id) values (${tenantId}, ${accountId}, ${documentId})
      on conflict do nothing`.execute(tx.db)
  else
    await sql`delete from document_stars where account_id = ${accountId} and document_id = ${documentId}`.execute(
      tx.db,
    )
}

/** Documents that the caller may read and that are not in the trash: all, or those of one workspace. For search. */
export async function searchableDocuments(tx: Tx, workspaceId: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from documents d where ${VISIBLE} and d.trashed_at is null
      and (${workspaceId ?? null}::uuid is null or d.workspace_id = ${workspaceId ?? null}::uuid)`.execute(
    tx.db,
  )
  return rows.map((row) => row.id)
}
