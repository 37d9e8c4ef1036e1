import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import type { PassageHit } from '../../search-engine.ts'
import { BLOCK } from './postings.ts'

/** BM25 for short passages (Robertson and Zaragoza 2009, §3.5); chosen by the relevance benchmark. */
const K1 = 0.9
const B = 0.4
/** What the passages before and after one count for it: an answer is seldom alone. Of the best ones only. */
const NEIGHBOUR = 0.2
const REORDERED = 200
/** A term in more passages than this share says little: left out where that pays, but never the rarest one. */
const COMMON_SHARE = 0.15
/** From this many passages on, common English terms are left out, too; Chinese ones always are. */
const LARGE_SCOPE = 100_000

export interface QueryTerms {
  readonly id: number
  readonly han: boolean
}

export interface ScopeSize {
  readonly passages: number
  readonly averageLength: number
}

/** For the rest of the transaction. Scores of 50,000 passages do not fit into what is usual, and adding them up on disk takes seconds. */
const MEMORY = '32MB'

/** Stems of the words and the Chinese words, as far as the dictionary has them; and how much text there is to look into. */
export async function queryTerms(
  tx: Tx,
  words: readonly string[],
  han: readonly string[],
  contentIds: readonly string[],
): Promise<{ terms: QueryTerms[]; size: ScopeSize }> {
  const { rows } = await sql<{ terms: QueryTerms[] | null; passages: number; length: number }>`
    select set_config('work_mem', ${MEMORY}, true),
      (select jsonb_agg(jsonb_build_object('id', id, 'han', term = any(${[...han]}::text[]))) from search_terms
        where term = any(array(select unnest(ts_lexize('english_stem', word)) from unnest(${[...words]}::text[]) as word) || ${[...han]}::text[])) as terms,
      coalesce(sum(passages), 0)::double precision as passages, coalesce(sum(length), 0)::double precision as length
    from search_contents where content_id = any(${[...contentIds]}::uuid[])`.execute(tx.db)
  const { terms, passages = 0, length = 0 } = rows[0] ?? {}
  return {
    terms: terms ?? [],
    size: { passages, averageLength: passages > 0 ? Math.max(1, length / passages) : 1 },
  }
}

export interface Scored {
  readonly hits: PassageHit[]
  readonly total: number
  readonly byContent: { contentId: string; count: number }[]
}

interface ScoredRow {
  hits: { n: number; ord: number; score: number }[] | null
  by_content: { n: number; count: number }[] | null
  total: number | null
}

const MOST_CONTENTS = 20

function scored(row: ScoredRow | undefined, contentIds: readonly string[]): Scored {
  const contentId = (n: number) => contentIds[n - 1] ?? ''
  return {
    hits: (row?.hits ?? []).map(({ n, ord, score }) => ({ contentId: contentId(n), ord, score })),
    total: row?.total ?? 0,
    byContent: (row?.by_content ?? []).map(({ n, count }) => ({ contentId: contentId(n), count })),
  }
}

/**
 * The best passages, how many match, and in which contents: of a relation `scored (key, score)`, where the key is the place of
 * the content among those asked for, and the passage.
 */
const summary = (limit: number): RawBuilder<unknown> => sql`
  best as materialized (select key, score from scored order by score desc, key limit ${Math.max(REORDERED, limit)}),
  beside as materialized (
    select b.key, sum(s.score) as score
    from (select key, key - 1 as other from best union all select key, key + 1 from best) b join scored s on s.key = b.other
    group by b.key
  ),
  top as (
    select b.key, (b.score + ${NEIGHBOUR}::real * coalesce(n.score, 0))::real as score
    from best b left join beside n using (key) order by 2 desc, 1 limit ${limit}
  ),
  per_content as materialized (select key >> 32 as n, count(*) as count from scored group by 1)
  select
    (select jsonb_agg(jsonb_build_object('n', key >> 32, 'ord', key & 4294967295, 'score', score) order by score desc, key) from top) as hits,
    (select sum(count)::integer from per_content) as total,
    (select jsonb_agg(c) from (select n, count from per_content order by count desc, n limit ${MOST_CONTENTS}) c) as by_content`

/** Blocks of these terms in a relation `scope (id, n)`. */
const blocks = (terms: readonly QueryTerms[]): RawBuilder<unknown> => sql`
  blocks as materialized (
    select b.term_id, s.n << 32 | b.part * ${BLOCK}::bigint as base, b.postings
    from search_blocks b join scope s on s.id = b.content_id
    where b.term_id = any(${terms.map((term) => term.id)}::integer[])
  ),
  counts as materialized (select term_id, sum(cardinality(postings))::real as n from blocks group by term_id)`

/** BM25 of one posting, without the term's weight. */
const saturation = (size: ScopeSize): RawBuilder<unknown> => sql`
  (p >> 11 & 63) * ${K1 + 1}::real / ((p >> 11 & 63) + ${K1 * (1 - B)}::real + ${(K1 * B) / size.averageLength}::real * (p & 2047))`

const inverse = (size: ScopeSize): RawBuilder<unknown> =>
  sql`ln(1 + (${size.passages}::real - n + 0.5) / (n + 0.5))::real`

const scope = (contentIds: readonly string[]): RawBuilder<unknown> =>
  sql`scope as materialized (select id, n from unnest(${[...contentIds]}::uuid[]) with ordinality as s(id, n))`

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
  const cut = size.passages >= LARGE_SCOPE ? terms : terms.filter((term) => term.han)
  const { rows } = await sql<ScoredRow>`
    with ${scope(contentIds)},
    ${blocks(terms)},
    weights as materialized (
      select term_id, ${inverse(size)} as idf from counts
      where n <= ${COMMON_SHARE}::real * ${size.passages}::real or n = (select min(n) from counts)
        or term_id <> all(${cut.map((term) => term.id)}::integer[])
    ),
    scored as materialized (
      select key, sum(score)::real as score from (
        select base + (p >> 17) as key, idf * ${saturation(size)} as score
        from (select b.base, w.idf, unnest(b.postings) as p from blocks b join weights w using (term_id)) postings
      ) s group by key
    ),
    ${summary(limit)}`.execute(tx.db)
  return scored(rows[0], contentIds)
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
    with ${scope(contentIds)},
    found as materialized (
      select s.n << 32 | m.ord as key
      from stoa.passages_matching(to_tsquery('simple', ${tsquery}), ${[...contentIds]}::uuid[], ${limits.candidates}) m
      join scope s on s.id = m.content_id
    ),
    ${blocks(terms)},
    weights as materialized (select term_id, ${inverse(size)} as idf from counts),
    scored as materialized (
      select f.key, (0.01 + coalesce(sum(s.score), 0))::real as score
      from found f left join (
        select base + (p >> 17) as key, idf * ${saturation(size)} as score
        from (select b.base, w.idf, unnest(b.postings) as p from blocks b join weights w using (term_id)) postings
      ) s using (key)
      group by f.key
    ),
    ${summary(limits.hits)}`.execute(tx.db)
  return scored(rows[0], contentIds)
}

/** Which of these words have a stem among those of the query. */
export async function wordsWithStems(tx: Tx, latin: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    with stems as materialized (select array(select lexeme from unnest(to_tsvector('english', ${latin}))) as all)
    select word from unnest(${[...words]}::text[]) as word, stems
    where ts_lexize('english_stem', lower(word)) && stems.all`.execute(tx.db)
  return rows.map((row) => row.word)
}
