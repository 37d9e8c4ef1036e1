import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import type { QueryTerm } from './query-terms.ts'
import {
  blocksIn,
  nothing,
  type ScopeSize,
  type Scored,
  type ScoredRow,
  saturation,
  scope,
  scored,
  summary,
  weights,
} from './scoring.ts'

/** A term in more passages than this share says little: left out where that pays, but never the rarest one. */
const COMMON_SHARE = 0.15
/** From this many passages on, common English terms are left out, too; Chinese ones always are. */
const LARGE_SCOPE = 100_000
/**
 * Passages are found by the rarest terms, until these stand in so many places; the others then only add to the score of the
 * best found. What has but common words of a long sentence is not what somebody looks for.
 */
const FINDING = 40_000
const FOUND = 1000

/** Which terms find passages, and which only help to rank them. @param terms the rarest first */
export function divide(
  terms: readonly QueryTerm[],
  size: ScopeSize,
): { finding: readonly QueryTerm[]; helping: readonly QueryTerm[] } {
  const large = size.passages >= LARGE_SCOPE
  const telling = terms.filter(
    ({ count, han }, place) => place === 0 || count <= COMMON_SHARE * size.passages || !(large || han),
  )
  let places = 0
  const finding = telling.filter(({ count }, place) => {
    places += count
    return place === 0 || places <= FINDING
  })
  return { finding, helping: telling.slice(finding.length) }
}

/**
 * Ranks by BM25 over the blocks of these contents. How common a term is, was counted within the scope, so that no other scope's
 * or tenant's statistics show through.
 */
export async function rankPassages(
  tx: Tx,
  terms: readonly QueryTerm[],
  contentIds: readonly string[],
  size: ScopeSize,
  limit: number,
): Promise<Scored> {
  const { finding, helping } = divide(terms, size)
  if (finding.length === 0) return nothing
  const postings = (of: readonly QueryTerm[]) => sql`
    select base + (p >> 17) as key, idf * ${saturation(size)} as score
    from (select b.base, w.idf, unnest(b.postings) as p from (${blocksIn(
      of.map(({ id }) => id),
      contentIds,
    )}) b join weights w using (term_id)) x`
  const helped =
    helping.length === 0
      ? sql`scored as materialized (select key, score from found)`
      : sql`
    best_found as materialized (select key from found order by score desc, key limit ${FOUND}),
    help as materialized (
      select key, sum(score) as score from (${postings(helping)}) p where key in (select key from best_found) group by key
    ),
    scored as materialized (
      select key, (f.score + coalesce(h.score, 0))::real as score from found f left join help h using (key)
    )`
  const { rows } = await sql<ScoredRow>`
    with ${scope(contentIds)},
    weights as materialized (${weights([...finding, ...helping], size)}),
    found as materialized (select key, sum(score)::real as score from (${postings(finding)}) p group by key),
    ${helped},
    ${summary(limit)}`.execute(tx.db)
  return scored(rows[0], contentIds)
}
