import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { BookSection, Passage, TocItem } from '../formats/types.ts'
import type { StoredCover } from './books.ts'

/** Grows when extraction changes so much that books should be read in again. */
export const EXTRACTOR_VERSION = 1

export interface ContentRow {
  id: string
  sha256: string
  size: number
  format: string | null
  media_type: string | null
  reading_sha256: string | null
  reading_size: number | null
  toc: TocItem[]
  sections: BookSection[]
  page_labels: string[]
  cover: StoredCover | null
  word_count: number | null
  passage_count: number | null
  analysed_at: Date | null
  extracted_at: Date | null
}

/** The content with these bytes, made when it is not there yet. Concurrent callers get the same one. */
export async function ensureContent(
  tx: Tx,
  content: { tenantId: string; id: string; sha256: string; size: number },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into contents (tenant_id, id, sha256, size)
    values (${content.tenantId}, ${content.id}, ${content.sha256}, ${content.size})
    on conflict (tenant_id, sha256) do update set size = excluded.size
    returning id`.execute(tx.db)
  return (rows[0] as { id: string }).id
}

/** The same for a file that is about to be written and has no book yet: for an hour nobody clears it up. */
export async function reserveContent(tx: Tx, content: Parameters<typeof ensureContent>[1]): Promise<void> {
  const id = await ensureContent(tx, content)
  await sql`update contents set created_at = now() where id = ${id}`.execute(tx.db)
}

/** Names the reading edition that is about to be written. `false` when the content is gone. */
export async function reserveEdition(tx: Tx, contentId: string, sha256: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update contents set reading_sha256 = ${sha256} where id = ${contentId}`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function findContent(tx: Tx, contentId: string): Promise<ContentRow | undefined> {
  const { rows } = await sql<ContentRow>`
    select id, sha256, size, format, media_type, reading_sha256, reading_size, toc, sections, page_labels, cover, word_count,
      passage_count, analysed_at, extracted_at
    from contents where id = ${contentId}`.execute(tx.db)
  return rows[0]
}

export interface Analysed {
  readonly format: string
  readonly mediaType: string
  readonly readingSha256: string | null
  readonly readingSize: number | null
  readonly metadata: object
  readonly toc: readonly TocItem[]
  readonly sections: readonly BookSection[]
  readonly pageLabels: readonly string[]
  readonly warnings: readonly object[]
  readonly cover: StoredCover | null
}

/** `false` when the content is gone. */
export async function saveAnalysis(tx: Tx, contentId: string, found: Analysed): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update contents set format = ${found.format}, media_type = ${found.mediaType}, reading_sha256 = ${found.readingSha256},
      reading_size = ${found.readingSize}, metadata = ${JSON.stringify(found.metadata)}::jsonb,
      toc = ${JSON.stringify(found.toc)}::jsonb, sections = ${JSON.stringify(found.sections)}::jsonb,
      page_labels = ${JSON.stringify(found.pageLabels)}::jsonb, warnings = ${JSON.stringify(found.warnings)}::jsonb,
      cover = ${found.cover === null ? null : JSON.stringify(found.cover)}::jsonb, analysed_at = now()
    where id = ${contentId}`.execute(tx.db)
  return numAffectedRows === 1n
}

export async function deletePassages(tx: Tx, contentId: string): Promise<void> {
  await tx.db.deleteFrom('passages').where('content_id', '=', contentId).execute()
}

/** One statement for the whole batch; idempotent, so that an interrupted extraction may repeat it. */
export async function insertPassages(
  tx: Tx,
  tenantId: string,
  contentId: string,
  passages: readonly Passage[],
): Promise<void> {
  if (passages.length === 0) return
  const rows = passages.map((p) => ({
    ord: p.ord,
    kind: p.kind,
    section_index: p.sectionIndex,
    section_path: p.sectionPath,
    text: p.text,
    prefix: p.prefix,
    suffix: p.suffix,
    locator: p.locator,
    language: p.language,
    words: p.words,
  }))
  await sql`
    insert into passages (tenant_id, content_id, ord, kind, section_index, section_path, text, prefix, suffix, locator, language, words)
    select ${tenantId}, ${contentId}, ord, kind, section_index, section_path, text, prefix, suffix, locator, language, words
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(ord integer, kind text, section_index integer,
      section_path text[], text text, prefix text, suffix text, locator jsonb, language text, words integer)
    on conflict (tenant_id, content_id, ord) do nothing`.execute(tx.db)
}

export async function finishExtraction(
  tx: Tx,
  contentId: string,
  words: number,
  passages: number,
): Promise<void> {
  await sql`
    update contents set word_count = ${words}, passage_count = ${passages}, extracted_at = now(),
      extractor_version = ${EXTRACTOR_VERSION}
    where id = ${contentId}`.execute(tx.db)
}

export interface PassageRow {
  content_id: string
  ord: number
  kind: string
  section_index: number
  section_path: string[]
  text: string
  prefix: string
  suffix: string
  locator: Passage['locator']
  language: string
}

/** Passages of one content in order, `from` included. */
export async function readPassages(
  tx: Tx,
  contentId: string,
  range: { from: number; limit: number },
): Promise<PassageRow[]> {
  const { rows } = await sql<PassageRow>`
    select content_id, ord, kind, section_index, section_path, text, prefix, suffix, locator, language from passages
    where content_id = ${contentId} and ord >= ${range.from} order by ord limit ${range.limit}`.execute(tx.db)
  return rows
}

export async function passagesAt(
  tx: Tx,
  places: readonly { contentId: string; ord: number }[],
): Promise<PassageRow[]> {
  const { rows } = await sql<PassageRow>`
    select p.content_id, p.ord, p.kind, p.section_index, p.section_path, p.text, p.prefix, p.suffix, p.locator, p.language
    from unnest(${places.map((place) => place.contentId)}::uuid[], ${places.map((place) => place.ord)}::integer[]) as w(content_id, ord)
    join passages p on p.content_id = w.content_id and p.ord = w.ord`.execute(tx.db)
  return rows
}

/** What the analysis found out, as it was saved. */
export async function contentMetadata<T>(tx: Tx, contentId: string): Promise<T> {
  const row = await tx.db
    .selectFrom('contents')
    .select('metadata')
    .where('id', '=', contentId)
    .executeTakeFirstOrThrow()
  return row.metadata as T
}
