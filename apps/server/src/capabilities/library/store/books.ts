import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'

export type BookState = 'UPLOADING' | 'ANALYZING' | 'PROCESSING' | 'ACTIVE' | 'FAILED'

export interface StoredCover {
  readonly smallKey: string
  readonly largeKey: string
  readonly width: number
  readonly height: number
  /** `#rrggbb` */
  readonly color: string
}

export interface StoredFailure {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  readonly retryable: boolean
  readonly failedAt: string
}

/** A book with its file and what it is to one reader. */
export interface BookRow {
  id: string
  workspace_id: string
  content_id: string
  state: BookState
  progress: number
  failure: StoredFailure | null
  filename: string
  format: string | null
  title: string
  subtitle: string | null
  authors: string[]
  language: string | null
  publisher: string | null
  published: string | null
  description: string | null
  series: string | null
  series_index: number | null
  identifiers: { scheme: string; value: string }[]
  tags: string[]
  direction: 'ltr' | 'rtl'
  page_count: number | null
  word_count: number | null
  edited_fields: string[]
  added_by: string
  added_at: Date
  updated_at: Date
  trashed_at: Date | null
  version: number
  size: number
  sha256: string
  cover: StoredCover | null
  status: 'none' | 'to_read' | 'reading' | 'finished' | null
  fraction: number | null
  label: string | null
  device_name: string | null
  read_at: Date | null
  highlight_count: number | null
  shelf_ids: string[]
}

export const bookSelection: RawBuilder<unknown> = sql`
  b.id, b.workspace_id, b.content_id, b.state, b.progress, b.failure, b.filename, b.format, b.title, b.subtitle, b.authors,
  b.language, b.publisher, b.published, b.description, b.series, b.series_index, b.identifiers, b.tags, b.direction,
  b.page_count, b.word_count, b.edited_fields, b.added_by, b.added_at, b.updated_at, b.trashed_at, b.version,
  c.size, c.sha256, c.cover, r.status, r.fraction, r.label, r.device_name, r.read_at, r.highlight_count,
  array(select s.shelf_id from shelf_books s where s.tenant_id = b.tenant_id and s.book_id = b.id order by s.added_at) as shelf_ids`

export const bookFrom = (accountId: string): RawBuilder<unknown> => sql`
  books b
  join contents c on c.tenant_id = b.tenant_id and c.id = b.content_id
  left join book_readers r on r.tenant_id = b.tenant_id and r.book_id = b.id and r.account_id = ${accountId}`

/** One book of one of these workspaces, also from the trash. */
export async function findBook(
  tx: Tx,
  accountId: string,
  workspaceIds: readonly string[],
  bookId: string,
): Promise<BookRow | undefined> {
  const { rows } = await sql<BookRow>`
    select ${bookSelection} from ${bookFrom(accountId)}
    where b.id = ${bookId} and b.workspace_id = any(${workspaceIds}::uuid[])`.execute(tx.db)
  return rows[0]
}

/** The book that shows this file in this workspace, outside the trash. */
export async function findBookOfContent(
  tx: Tx,
  workspaceId: string,
  contentId: string,
): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('books')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('content_id', '=', contentId)
    .where('trashed_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

export interface NewBook {
  readonly tenantId: string
  readonly id: string
  readonly workspaceId: string
  readonly contentId: string
  readonly filename: string
  readonly title: string
  readonly titleKey: string
  readonly nameWords: string
  readonly addedBy: string
}

/** `false` when the id is taken. */
export async function insertBook(tx: Tx, book: NewBook): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into books (tenant_id, id, workspace_id, content_id, state, filename, title, title_key, author_key, name_words, added_by)
    values (${book.tenantId}, ${book.id}, ${book.workspaceId}, ${book.contentId}, 'ANALYZING', ${book.filename},
      ${book.title}, ${book.titleKey}, '', to_tsvector('simple', ${book.nameWords}), ${book.addedBy})
    on conflict (tenant_id, id) do nothing`.execute(tx.db)
  return numAffectedRows === 1n
}

/** What a person, or an analysis, may set. Absent = unchanged. */
export interface BookChanges {
  title?: string
  subtitle?: string | null
  authors?: readonly string[]
  language?: string | null
  publisher?: string | null
  published?: string | null
  description?: string | null
  series?: string | null
  series_index?: number | null
  identifiers?: readonly { scheme: string; value: string }[]
  tags?: readonly string[]
  direction?: 'ltr' | 'rtl'
  page_count?: number | null
  word_count?: number | null
  format?: string
  state?: BookState
  progress?: number
  failure?: StoredFailure | null
  content_id?: string
  trashed_at?: Date | null
  edited_fields?: readonly string[]
  title_key?: string
  author_key?: string
  name_words?: string
}

const JSON_FIELDS: ReadonlySet<string> = new Set(['identifiers', 'failure'])

function assignment(field: string, value: unknown): RawBuilder<unknown> {
  const column = sql.ref(field)
  if (field === 'name_words') return sql`${column} = to_tsvector('simple', ${value})`
  if (JSON_FIELDS.has(field)) return sql`${column} = ${value === null ? null : JSON.stringify(value)}::jsonb`
  return sql`${column} = ${value}`
}

/** `expectedVersion`: only when the book still has it. Answers whether a row was changed. */
export async function updateBook(
  tx: Tx,
  bookId: string,
  changes: BookChanges,
  expectedVersion?: number,
): Promise<boolean> {
  const set = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => assignment(field, value))
  const { numAffectedRows } = await sql`
    update books set ${sql.join([...set, sql`version = version + 1`, sql`updated_at = now()`])}
    where id = ${bookId} ${expectedVersion === undefined ? sql`` : sql`and version = ${expectedVersion}`}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

/** Progress of background work; neither a new version nor a new time of change. */
export async function setBookProgress(
  tx: Tx,
  contentId: string,
  progress: number,
): Promise<{ id: string; workspace_id: string }[]> {
  const { rows } = await sql<{ id: string; workspace_id: string }>`
    update books set progress = ${progress} where content_id = ${contentId} and state in ('ANALYZING', 'PROCESSING')
    returning id, workspace_id`.execute(tx.db)
  return rows
}

export async function booksOfContent(tx: Tx, contentId: string): Promise<BookIdentity[]> {
  return (await tx.db
    .selectFrom('books')
    .select([
      'id',
      'workspace_id',
      'state',
      'edited_fields',
      'title',
      'subtitle',
      'series',
      'authors',
      'filename',
    ])
    .where('content_id', '=', contentId)
    .execute()) as BookIdentity[]
}

export interface BookIdentity {
  id: string
  workspace_id: string
  state: BookState
  edited_fields: string[]
  title: string
  subtitle: string | null
  series: string | null
  authors: string[]
  filename: string
}

export async function deleteBook(tx: Tx, bookId: string): Promise<void> {
  await tx.db.deleteFrom('books').where('id', '=', bookId).execute()
}
