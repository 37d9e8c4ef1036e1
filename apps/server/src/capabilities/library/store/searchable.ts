import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { StoredCover } from './books.ts'

/** Contents of active books in these workspaces, and on these shelves where given. */
export async function searchableContents(
  tx: Tx,
  scope: {
    workspaceIds: readonly string[]
    bookId?: string
    shelfIds?: readonly string[]
    language?: string
  },
): Promise<string[]> {
  const onShelf =
    scope.shelfIds === undefined
      ? sql`true`
      : sql`exists (select from shelf_books s where s.tenant_id = b.tenant_id and s.book_id = b.id and s.shelf_id = any(${[...scope.shelfIds]}::uuid[]))`
  const { rows } = await sql<{ content_id: string }>`
    select distinct b.content_id from books b
    where b.workspace_id = any(${[...scope.workspaceIds]}::uuid[]) and b.state = 'ACTIVE' and b.trashed_at is null
      and (${scope.bookId ?? null}::uuid is null or b.id = ${scope.bookId ?? null}::uuid)
      and (${scope.language ?? null}::text is null or b.language = ${scope.language ?? null}::text)
      and ${onShelf}`.execute(tx.db)
  return rows.map((row) => row.content_id)
}

export async function isReadingIn(tx: Tx, workspaceIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from books where workspace_id = any(${[...workspaceIds]}::uuid[]) and state in ('ANALYZING', 'PROCESSING')
      and trashed_at is null limit 1`.execute(tx.db)
  return rows.length > 0
}

export interface FoundBook {
  id: string
  content_id: string
  title: string
  authors: string[]
  language: string | null
  cover: StoredCover | null
}

/** The visible books of these contents or with these ids, outside the trash, the oldest first. */
export async function foundBooks(
  tx: Tx,
  workspaceIds: readonly string[],
  wanted: { contentIds?: readonly string[]; bookIds?: readonly string[] },
): Promise<FoundBook[]> {
  const { rows } = await sql<FoundBook>`
    select b.id, b.content_id, b.title, b.authors, b.language, c.cover
    from books b join contents c on c.tenant_id = b.tenant_id and c.id = b.content_id
    where b.workspace_id = any(${[...workspaceIds]}::uuid[]) and b.trashed_at is null
      and (b.content_id = any(${[...(wanted.contentIds ?? [])]}::uuid[]) or b.id = any(${[...(wanted.bookIds ?? [])]}::uuid[]))
    order by b.added_at, b.id`.execute(tx.db)
  return rows
}

/** Tags of books that begin so, the most used first. */
export async function bookTags(
  tx: Tx,
  workspaceIds: readonly string[],
  prefix: string,
  limit: number,
): Promise<{ tag: string; count: number }[]> {
  const { rows } = await sql<{ tag: string; count: number }>`
    select tag, count(*)::integer as count
    from books, unnest(tags) as tag
    where workspace_id = any(${[...workspaceIds]}::uuid[]) and trashed_at is null and starts_with(lower(tag), ${prefix.toLowerCase()})
    group by tag order by 2 desc, 1 limit ${limit}`.execute(tx.db)
  return rows
}

export interface BookText {
  workspace_id: string
  added_by: string
  title: string
  subtitle: string | null
  authors: string[]
  series: string | null
  tags: string[]
  description: string | null
}

/** What a book is found by; `undefined` when it is in the trash or gone. */
export async function bookText(tx: Tx, bookId: string): Promise<BookText | undefined> {
  const { rows } = await sql<BookText>`
    select workspace_id, added_by, title, subtitle, authors, series, tags, description from books
    where id = ${bookId} and trashed_at is null`.execute(tx.db)
  return rows[0]
}

/** Visible books that show these files, by the file's SHA-256; the oldest of each. */
export async function booksOfFiles(
  tx: Tx,
  workspaceIds: readonly string[],
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (sha256s.length === 0) return new Map()
  const { rows } = await sql<{ id: string; sha256: string }>`
    select b.id, c.sha256 from contents c join books b on b.tenant_id = c.tenant_id and b.content_id = c.id
    where c.sha256 = any(${[...sha256s]}::text[]) and b.workspace_id = any(${[...workspaceIds]}::uuid[])
      and b.trashed_at is null
    order by b.added_at desc, b.id desc`.execute(tx.db)
  return new Map(rows.map(({ id, sha256 }) => [sha256, id]))
}
