import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import type { Beginning, QueryTerm, QueryTerms } from './query-terms.ts'
import {
  blocksIn,
  nothing,
  ordOf,
  placeOf,
  type ScopeSize,
  type Scored,
  type ScoredRow,
  saturation,
  scope,
  scored,
  summary,
  weights,
} from './scoring.ts'

/** So many passages are looked at word by word; the total is then a lower bound. */
const MOST_READ = 30_000
/** A further word of a phrase is looked up when it stands in at most so many times the passages that the rarest does. */
const WORTH = 8
const MOST_TOGETHER = 4

/** The rarest of the words that must stand there: reading where a common one stands takes longer than looking at what is left. */
export function together(musts: readonly Pick<QueryTerm, 'id' | 'count'>[]): readonly number[] {
  const most = (musts[0]?.count ?? 0) * WORTH
  return musts
    .slice(0, MOST_TOGETHER)
    .filter(({ count }) => count <= most)
    .map(({ id }) => id)
}

/** Of a relation `candidates (key, sure)`: those that are sure, and those in whose words all of these parts stand. */
const read = (parts: readonly string[], contentIds: readonly string[]): RawBuilder<unknown> => sql`
  matching as materialized (
    select key from (select key, sure from candidates order by key) c
    where sure or exists (
      select from search_passages p where p.content_id = (${[...contentIds]}::uuid[])[${placeOf}] and p.ord = ${ordOf}
        and ${sql.join(
          parts.map((part) => sql`strpos(p.words, ${part}) > 0`),
          sql` and `,
        )} offset 0
    )
  )`

/**
 * Passages in which all of these words stand, in the way that the parts say. Ranked by the query's terms among them; every
 * one counts, also without a term.
 */
export async function rankTogether(
  tx: Tx,
  { musts = [], ranked, size }: QueryTerms,
  parts: readonly string[],
  contentIds: readonly string[],
  limit: number,
): Promise<Scored> {
  const ids = together(musts)
  if (ids.length === 0) return nothing
  const { rows } = await sql<ScoredRow>`
    with ${scope(contentIds)},
    candidates as materialized (
      select key, false as sure from (
        select base + (p >> 17) as key from (select base, unnest(postings) as p from (${blocksIn(ids, contentIds)}) b) x
      ) k group by key having count(*) = ${ids.length} limit ${MOST_READ}
    ),
    ${read(parts, contentIds)},
    weights as materialized (${weights(ranked, size)}),
    scores as materialized (
      select key, sum(idf * ${saturation(size)}) as score from (
        select base + (p >> 17) as key, idf, p from (
          select b.base, w.idf, unnest(b.postings) as p
          from (${blocksIn(
            ranked.map(({ id }) => id),
            contentIds,
          )} and s.n in (select ${placeOf} from matching)) b join weights w using (term_id)
        ) x
      ) k where key in (select key from matching) group by key
    ),
    scored as materialized (
      select key, (0.01 + coalesce(s.score, 0))::real as score from matching left join scores s using (key)
    ),
    ${summary(limit)}`.execute(tx.db)
  return scored(rows[0], contentIds)
}

/** Passages with a word that begins so, ranked by these words. Parts decide about those that a stem alone does not tell. */
export async function rankBeginning(
  tx: Tx,
  terms: readonly Beginning[],
  size: ScopeSize,
  parts: readonly string[],
  contentIds: readonly string[],
  limit: number,
): Promise<Scored> {
  if (terms.length === 0) return nothing
  const sure = terms.filter((term) => term.sure && parts.length === 1).map(({ id }) => id)
  const { rows } = await sql<ScoredRow>`
    with ${scope(contentIds)},
    weights as materialized (${weights(terms, size)}),
    candidates as materialized (
      select key, sum(score) as score, bool_or(sure) as sure from (
        select base + (p >> 17) as key, sure, idf * ${saturation(size)} as score from (
          select b.base, w.idf, b.term_id = any(${sure}::integer[]) as sure, unnest(b.postings) as p
          from (${blocksIn(
            terms.map(({ id }) => id),
            contentIds,
          )}) b join weights w using (term_id)
        ) x
      ) k group by key limit ${MOST_READ}
    ),
    ${read(parts, contentIds)},
    scored as materialized (select key, (0.01 + score)::real as score from candidates join matching using (key)),
    ${summary(limit)}`.execute(tx.db)
  return scored(rows[0], contentIds)
}
