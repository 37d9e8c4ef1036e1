/** Documents, versions and comments as the contract shows them. */
import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { DocumentsComponents } from './components.ts'
import { fileKey, thumbnailKey } from './keys.ts'
import { rightsIn } from './rules.ts'
import { enter, standingOf } from './scope.ts'
import type { DocumentRow } from './store/documents.ts'
import type { ReadyFile } from './store/files.ts'
import { type CommentRow, firstComments, type ThreadRow } from './store/threads.ts'
import type { VersionRow } from './store/versions.ts'

type Schemas = components['schemas']
type People = ReadonlyMap<string, string>

const URL_SECONDS = 3600
export const COMMENTS_SHOWN = 100

export const personOf = (people: People, id: string | null): Schemas['Person'] | null => {
  const name = id === null ? undefined : people.get(id)
  return id === null || name === undefined ? null : { account_id: id, display_name: name }
}

const peopleIn = (
  { people }: DocumentsComponents,
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<People> => people(tx, [...new Set(ids.filter((id) => id !== null))])

export async function summariesOf(
  components: DocumentsComponents,
  tx: Tx,
  context: TenantContext,
  rows: readonly DocumentRow[],
): Promise<Schemas['DocumentSummary'][]> {
  const people = await peopleIn(
    components,
    tx,
    rows.flatMap((row) => [row.created_by, row.edited_by]),
  )
  return rows.map((row) => summaryOf(row, context, people))
}

function summaryOf(row: DocumentRow, context: TenantContext, people: People): Schemas['DocumentSummary'] {
  const { id, workspace_id, title, visibility, starred, excerpt, word_count, open_threads, version } = row
  return {
    ...{ id, workspace_id, title, visibility, starred, excerpt, word_count, open_threads, version },
    edited_by: personOf(people, row.edited_by),
    created_by: personOf(people, row.created_by),
    can: rightsIn(standingOf(row, context)),
    edited_at: row.edited_at.toISOString(),
    created_at: row.created_at.toISOString(),
    trashed_at: row.trashed_at?.toISOString() ?? null,
  }
}

/** @throws Problem 404 `document.not_found` */
export async function documentView(
  components: DocumentsComponents,
  tx: Tx,
  context: TenantContext,
  id: string,
): Promise<Schemas['Document']> {
  const { document } = await enter(tx, context, id)
  const { workspace_id, book_id, workspace_access, role } = document
  const [summary] = await summariesOf(components, tx, context, [document])
  const titles = book_id === null ? undefined : await components.booksOf(tx, workspace_id, [book_id])
  const title = book_id === null ? undefined : titles?.get(book_id)
  const book = book_id === null || title === undefined ? null : { id: book_id, title }
  return { ...(summary as Schemas['DocumentSummary']), workspace_access, role, book }
}

export async function versionViews(
  components: DocumentsComponents,
  tx: Tx,
  rows: readonly VersionRow[],
): Promise<Schemas['DocumentVersion'][]> {
  const people = await peopleIn(
    components,
    tx,
    rows.flatMap((row) => row.authors),
  )
  return rows.map(({ document_id: _, authors, created_at, ...row }) => ({
    ...row,
    authors: authors.flatMap((id) => personOf(people, id) ?? []).slice(0, 20),
    created_at: created_at.toISOString(),
  }))
}

export async function commentViews(
  components: DocumentsComponents,
  tx: Tx,
  rows: readonly CommentRow[],
): Promise<Schemas['ThreadComment'][]> {
  const people = await peopleIn(
    components,
    tx,
    rows.flatMap((row) => [row.account_id, ...row.mentions]),
  )
  return rows.map((row) => commentView(row, people))
}

function commentView(row: CommentRow, people: People): Schemas['ThreadComment'] {
  const { id, thread_id, body, version } = row
  return {
    ...{ id, thread_id, body, version },
    author: personOf(people, row.account_id),
    mentions: row.mentions.flatMap((one) => personOf(people, one) ?? []),
    created_at: row.created_at.toISOString(),
    edited_at: row.edited_at?.toISOString() ?? null,
  }
}

export async function threadViews(
  components: DocumentsComponents,
  tx: Tx,
  rows: readonly ThreadRow[],
): Promise<Schemas['CommentThread'][]> {
  const first = await firstComments(
    tx,
    rows.map((row) => row.id),
    COMMENTS_SHOWN,
  )
  const byThread = Map.groupBy(await commentViews(components, tx, first), (one) => one.thread_id)
  const people = await peopleIn(
    components,
    tx,
    rows.map((row) => row.resolved_by),
  )
  return rows.map(({ resolved_at, resolved_by, created_at, updated_at, ...row }) => ({
    ...row,
    resolved_at: resolved_at?.toISOString() ?? null,
    resolved_by: personOf(people, resolved_by),
    comments: byThread.get(row.id) ?? [],
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }))
}

export async function fileView(
  { blobs }: Pick<DocumentsComponents, 'blobs'>,
  tenantId: string,
  { id, filename, media_type, size, image }: ReadyFile,
): Promise<Schemas['DocumentFile']> {
  const expiresInSeconds = URL_SECONDS
  const whole = await blobs.signGet(fileKey(tenantId, id), { contentType: media_type, expiresInSeconds })
  const small = await blobs.signGet(thumbnailKey(tenantId, id), {
    contentType: 'image/webp',
    expiresInSeconds,
  })
  return {
    ...{ id, filename, media_type, size, url: whole.url },
    image: { ...image, thumbnail_url: small.url },
  }
}
