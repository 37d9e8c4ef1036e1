import { type RawBuilder, sql } from 'kysely'
import type { PassageHit } from '../../search-engine.ts'
import { BLOCK } from './postings.ts'

/** BM25 for short passages (Robertson and Zaragoza 2009, §3.5); chosen by the relevance benchmark. */
const K1 = 0.9
const B = 0.4
/** What the passages before and after one count for it: an answer is seldom alone. Of the best ones only. */
const NEIGHBOUR = 0.2
const REORDERED = 200
const MOST_CONTENTS = 20

/**
 * A passage is known by the place of its content among those asked for, and its number, in one integer. PostgreSQL's hash of a
 * large integer folds its halves onto each other: with the place in the upper half, a few hundred hashes would have to do for
 * all passages, and adding up scores would take ten times as long.
 */
const PASSAGE_BITS = 21

/** Of a key: which content, and which passage of it. */
export const placeOf = sql.raw(`key >> ${PASSAGE_BITS}`)
export const ordOf = sql.raw(`(key & ${2 ** PASSAGE_BITS - 1})::integer`)

export interface ScopeSize {
  readonly passages: number
  readonly averageLength: number
}

export interface Scored {
  readonly hits: PassageHit[]
  readonly total: number
  readonly byContent: { contentId: string; count: number }[]
}

export interface ScoredRow {
  hits: { n: number; ord: number; score: number }[] | null
  by_content: { n: number; count: number }[] | null
  total: number | null
}

export const nothing: Scored = { hits: [], total: 0, byContent: [] }

export function scored(row: ScoredRow | undefined, contentIds: readonly string[]): Scored {
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
export const summary = (limit: number): RawBuilder<unknown> => sql`
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
  per_content as materialized (select ${placeOf} as n, count(*) as count from scored group by 1)
  select
    (select jsonb_agg(jsonb_build_object('n', ${placeOf}, 'ord', ${ordOf}, 'score', score) order by score desc, key) from top) as hits,
    (select sum(count)::integer from per_content) as total,
    (select jsonb_agg(c) from (select n, count from per_content order by count desc, n limit ${MOST_CONTENTS}) c) as by_content`

/** The contents asked for, by their places. */
export const scope = (contentIds: readonly string[]): RawBuilder<unknown> =>
  sql`scope as materialized (select id, n from unnest(${[...contentIds]}::uuid[]) with ordinality as s(id, n))`

/** So few contents are looked up one by one; of more, all blocks of a term are read. */
const FEW_CONTENTS = 100

/** That a block `b` is of one of these contents, where an index should look for that. The scope says it, too. */
export const ofFew = (contentIds: readonly string[]): RawBuilder<unknown> =>
  contentIds.length <= FEW_CONTENTS ? sql`b.content_id = any(${[...contentIds]}::uuid[])` : sql`true`

/** A relation `(term_id, base, postings)` of these terms in a relation `scope (id, n)`: the key of a posting is base + passage. */
export const blocksIn = (
  termIds: readonly number[],
  contentIds: readonly string[],
): RawBuilder<unknown> => sql`
  select b.term_id, s.n << ${sql.raw(String(PASSAGE_BITS))} | b.part * ${BLOCK}::bigint as base, b.postings
  from search_blocks b join scope s on s.id = b.content_id
  where b.term_id = any(${[...termIds]}::integer[]) and ${ofFew(contentIds)}`

/** BM25 of one posting `p`, without the term's weight. */
export const saturation = (size: ScopeSize): RawBuilder<unknown> => sql`
  (p >> 11 & 63) * ${K1 + 1}::real / ((p >> 11 & 63) + ${K1 * (1 - B)}::real + ${(K1 * B) / size.averageLength}::real * (p & 2047))`

/** Weight of a term that stands in `count` passages. */
export const inverse = (count: number, size: ScopeSize): number =>
  Math.log(1 + (size.passages - count + 0.5) / (count + 0.5))

/** A relation `(term_id, idf)`. */
export const weights = (
  terms: readonly { id: number; count: number }[],
  size: ScopeSize,
): RawBuilder<unknown> => sql`
  select * from unnest(${terms.map(({ id }) => id)}::integer[], ${terms.map(({ count }) => inverse(count, size))}::real[]) as w(term_id, idf)`
