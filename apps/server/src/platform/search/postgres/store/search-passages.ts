import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import type { PassageHit } from '../../search-engine.ts'

/** BM25 for short passages (Robertson and Zaragoza 2009, §3.5); chosen by the relevance benchmark. */
const K1 = 0.9
const B = 0.4
/** A term in more passages than this share says little: left out where that pays, but never the rarest one. */
const COMMON_SHARE = 0.15
/** From this many passages on, common English terms are left out, too; Chinese ones always are. */
const LARGE_SCOPE = 200_000
const BLOCK = 32_768

export interface QueryTerms {
  readonly id: number
  readonly han: boolean
}

/** English stems of the text and the Chinese words, as far as the dictionary has them. */
export async function queryTerms(tx: Tx, latin: string, han: readonly string[]): Promise<QueryTerms[]> {
  const { rows } = await sql<QueryTerms>`
    select id, term = any(${[...han]}::text[]) as han from search_terms
    where term = any(array(select lexeme from unnest(to_tsvector('english', ${latin}))) || ${[...han]}::text[])`.execute(
    tx.db,
  )
  return rows
}

export interface ScopeSize {
  readonly passages: number
  readonly averageLength: number
}

export async function scopeSize(tx: Tx, contentIds: readonly string[]): Promise<ScopeSize> {
  const { rows } = await sql<{ passages: number; length: number }>`
    select coalesce(sum(passages), 0)::double precision as passages, coalesce(sum(length), 0)::double precision as length
    from search_contents where content_id = any(${[...contentIds]}::uuid[])`.execute(tx.db)
  const { passages = 0, length = 0 } = rows[0] ?? {}
  return { passages, averageLength: passages > 0 ? Math.max(1, length / passages) : 1 }
}

export interface Scored {
  readonly hits: PassageHit[]
  readonly total: number
  readonly byContent: { contentId: string; count: number }[]
}

interface ScoredRow {
  hits: { content_id: string; ord: number; score: number }[] | null
  total: number
  by_content: { content_id: string; count: number }[] | null
}

function scored(row: ScoredRow | undefined): Scored {
  return {
    hits: (row?.hits ?? []).map((hit) => ({ contentId: hit.content_id, ord: hit.ord, score: hit.score })),
    total: row?.total ?? 0,
    byContent: (row?.by_content ?? []).map(({ content_id, count }) => ({ contentId: content_id, count })),
  }
}

/** The best passages, how many match, and in which contents: of a relation `scored (content_id, ord, score)`. */
const summary = (limit: number): RawBuilder<unknown> => sql`
  select
    (select jsonb_agg(top) from (select content_id, ord, score from scored order by score desc, content_id, ord limit ${limit}) top) as hits,
    (select count(*)::integer from scored) as total,
    (select jsonb_agg(c) from (select content_id, count(*)::integer as count from scored group by content_id order by 2 desc, 1 limit 20) c) as by_content`

/**
 * Ranks by BM25 over the blocks of these contents. How common a term is, is counted from the very rows that are read: within
 * the scope, so that no other scope's or tenant's statistics show through.
 */
export async function rankPassages(
  tx: Tx,
  terms: readonly QueryTerms[],
  contentIds: readonly string[],
  size: ScopeSize,
  limit: number,
): Promise<Scored> {
  const cut = size.passages > LARGE_SCOPE ? terms : terms.filter((term) => term.han)
  const { rows } = await sql<ScoredRow>`
    with scope as materialized (select id from unnest(${[...contentIds]}::uuid[]) as s(id)),
    blocks as materialized (
      select b.term_id, b.content_id, b.part, b.ids, b.tfs, b.lens
      from search_blocks b join scope on scope.id = b.content_id
      where b.term_id = any(${terms.map((term) => term.id)}::integer[])
    ),
    counts as materialized (select term_id, sum(cardinality(ids))::real as n from blocks group by term_id),
    weights as materialized (
      select term_id, ln(1 + (${size.passages}::real - n + 0.5) / (n + 0.5))::real as idf from counts
      where n <= ${COMMON_SHARE}::real * ${size.passages}::real or n = (select min(n) from counts)
        or term_id <> all(${cut.map((term) => term.id)}::integer[])
    ),
    scored as materialized (
      select b.content_id, b.part * ${BLOCK}::integer + x.id as ord,
        sum(w.idf * x.tf * ${K1 + 1}::real / (x.tf + ${K1}::real * (${1 - B}::real + ${B}::real * x.len / ${size.averageLength}::real)))::real as score
      from blocks b join weights w using (term_id), unnest(b.ids, b.tfs, b.lens) as x(id, tf, len)
      group by 1, 2
    )
    ${summary(limit)}`.execute(tx.db)
  return scored(rows[0])
}

/** Passages that a phrase or prefix query matches, ranked by the terms among them; every one counts, also without a term. */
export async function rankMatching(
  tx: Tx,
  tsquery: string,
  terms: readonly QueryTerms[],
  contentIds: readonly string[],
  size: ScopeSize,
  limits: { candidates: number; hits: number },
): Promise<Scored> {
  const { rows } = await sql<ScoredRow>`
    with found as materialized (
      select content_id, ord from stoa.passages_matching(to_tsquery('simple', ${tsquery}), ${[...contentIds]}::uuid[], ${limits.candidates})
    ),
    blocks as materialized (
      select b.term_id, b.content_id, b.part, b.ids, b.tfs, b.lens from search_blocks b
      where b.term_id = any(${terms.map((term) => term.id)}::integer[]) and b.content_id in (select content_id from found)
    ),
    weights as materialized (
      select term_id, ln(1 + (${size.passages}::real - n + 0.5) / (n + 0.5))::real as idf
      from (select term_id, sum(cardinality(ids))::real as n from blocks group by term_id) counts
    ),
    scored as materialized (
      select f.content_id, f.ord, (0.01 + coalesce(sum(s.score), 0))::real as score
      from found f left join (
        select b.content_id, b.part * ${BLOCK}::integer + x.id as ord,
          w.idf * x.tf * ${K1 + 1}::real / (x.tf + ${K1}::real * (${1 - B}::real + ${B}::real * x.len / ${size.averageLength}::real)) as score
        from blocks b join weights w using (term_id), unnest(b.ids, b.tfs, b.lens) as x(id, tf, len)
      ) s on s.content_id = f.content_id and s.ord = f.ord
      group by 1, 2
    )
    ${summary(limits.hits)}`.execute(tx.db)
  return scored(rows[0])
}

/** Which of these words have a stem among those of the query. */
export async function wordsWithStems(tx: Tx, latin: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    with stems as materialized (select array(select lexeme from unnest(to_tsvector('english', ${latin}))) as all)
    select word from unnest(${[...words]}::text[]) as word, stems
    where ts_lexize('english_stem', lower(word)) && stems.all`.execute(tx.db)
  return rows.map((row) => row.word)
}
