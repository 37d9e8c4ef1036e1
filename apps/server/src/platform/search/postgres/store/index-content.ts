import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import { type Block, blocksOf } from './postings.ts'

/** A passage as it goes into the index. */
export interface IndexedPassage {
  readonly ord: number
  /** Folded words that are stemmed, headings included, repeated as often as they stand there. */
  readonly latin: readonly string[]
  /** Chinese words, likewise. */
  readonly han: readonly string[]
  /** Words in lower case, Chinese character by character: for phrases and prefixes. */
  readonly words: string
}

/** What was indexed of a content; its blocks go with its row, by a trigger. */
export async function clearContent(tx: Tx, contentId: string): Promise<void> {
  await tx.db.deleteFrom('search_contents').where('content_id', '=', contentId).execute()
  await tx.db.deleteFrom('search_passages').where('content_id', '=', contentId).execute()
}

/** Contents whose text was cut into words in another way. */
export async function contentsNotCutBy(tx: Tx, version: string, limit: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('search_contents')
    .select('content_id')
    .where('icu_version', '<>', version)
    .limit(limit)
    .execute()
  return rows.map((row) => row.content_id)
}

/** Stems of words; words that say nothing by themselves (`the`) are left out. */
async function stemsOf(tx: Tx, words: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ word: string; stem: string }>`
    select word, stems[1] as stem
    from (select word, ts_lexize('english_stem', word) as stems from unnest(${[...words]}::text[]) as word offset 0) s
    where stems <> '{}'`.execute(tx.db)
  return new Map(rows.map(({ word, stem }) => [word, stem]))
}

const WORDS_BATCH = 500

async function insertWords(
  tx: Tx,
  tenantId: string,
  contentId: string,
  passages: readonly IndexedPassage[],
): Promise<void> {
  for (let from = 0; from < passages.length; from += WORDS_BATCH) {
    const batch = passages.slice(from, from + WORDS_BATCH)
    await sql`
      insert into search_passages (tenant_id, content_id, ord, words)
      select ${tenantId}, ${contentId}, ord, to_tsvector('simple', words)
      from unnest(${batch.map((p) => p.ord)}::integer[], ${batch.map((p) => p.words)}::text[]) as x(ord, words)`.execute(
      tx.db,
    )
  }
  await sql`select stoa.merge_search_words()`.execute(tx.db)
}

/** Numbers of these terms. New ones are inserted in order: two contents at once then wait instead of deadlocking. */
async function termIds(tx: Tx, terms: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const look = async (wanted: readonly string[]) => {
    const { rows } = await sql<{ id: number; term: string }>`
      select id, term from search_terms where term = any(${[...wanted]}::text[])`.execute(tx.db)
    return rows.map(({ id, term }): [string, number] => [term, id])
  }
  const known = new Map(await look(terms))
  const missing = terms.filter((term) => !known.has(term)).sort()
  if (missing.length === 0) return known
  await sql`
    insert into search_terms (term) select term from unnest(${missing}::text[]) with ordinality as x(term, n) order by n
    on conflict (term) do nothing`.execute(tx.db)
  return new Map([...known, ...(await look(missing))])
}

async function insertBlocks(
  tx: Tx,
  tenantId: string,
  contentId: string,
  blocks: readonly Block[],
): Promise<void> {
  const ids = await termIds(tx, [...new Set(blocks.map(({ term }) => term))])
  // In the order of the primary key: neighbouring rows go to neighbouring pages.
  const rows = blocks
    .map(({ term, part, postings }) => ({ id: ids.get(term) ?? 0, part, postings }))
    .sort((a, b) => a.id - b.id || a.part - b.part)
  await sql`
    insert into search_blocks (tenant_id, term_id, content_id, part, postings)
    select ${tenantId}, id, ${contentId}, part, postings::integer[]
    from unnest(${rows.map((r) => r.id)}::integer[], ${rows.map((r) => r.part)}::smallint[],
      ${rows.map((r) => `{${r.postings.join()}}`)}::text[]) as x(id, part, postings)`.execute(tx.db)
}

/** Writes the index of one content. */
export async function writeContent(
  tx: Tx,
  content: { tenantId: string; contentId: string; version: string },
  passages: readonly IndexedPassage[],
): Promise<void> {
  const { tenantId, contentId, version } = content
  const stems = await stemsOf(tx, [...new Set(passages.flatMap(({ latin }) => latin))])
  const stemmed = passages
    .map(({ ord, latin, han }) => ({
      ord,
      terms: [...latin.flatMap((word) => stems.get(word) ?? []), ...han],
    }))
    .sort((a, b) => a.ord - b.ord)
  const length = stemmed.reduce((sum, { terms }) => sum + terms.length, 0)
  await sql`
    insert into search_contents (tenant_id, content_id, passages, length, icu_version)
    values (${tenantId}, ${contentId}, ${passages.length}, ${length}, ${version})`.execute(tx.db)
  await insertBlocks(tx, tenantId, contentId, blocksOf(stemmed))
  await insertWords(tx, tenantId, contentId, passages)
}
