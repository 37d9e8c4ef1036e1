import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import { exactly } from './dictionary.ts'
import { ofFew, type ScopeSize, scope } from './scoring.ts'

export interface QueryTerm {
  readonly id: number
  /** Passages of the scope in which it stands. */
  readonly count: number
  readonly han: boolean
}

export interface QueryTerms {
  /** For ranking, the rarest first. */
  readonly ranked: readonly QueryTerm[]
  /** What the words of the phrases stand under, the rarest first; none when one of them stands nowhere. */
  readonly musts: readonly Pick<QueryTerm, 'id' | 'count'>[] | undefined
  readonly size: ScopeSize
}

export interface QueryWords {
  /** Folded words to be stemmed. */
  readonly latin: readonly string[]
  readonly han: readonly string[]
  /** Words that must stand there, as {@link QueryWords.latin}. */
  readonly mustWords: readonly string[]
  /** Chinese characters that must. */
  readonly mustCharacters: readonly string[]
}

/** Scores of 50,000 passages do not fit into what is usual, and adding them up on disk takes seconds. */
const MEMORY = '32MB'

/**
 * Runs what ranks with room for its scores, and without nested loops: nobody can know beforehand how many passages a phrase is
 * in, and PostgreSQL, guessing one, would compare each with each.
 */
export async function planned<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  const set = (nestloop: string) =>
    sql`select set_config('work_mem', ${MEMORY}, true), set_config('enable_nestloop', ${nestloop}, true)`.execute(
      tx.db,
    )
  await set('off')
  const result = await run()
  await set('on')
  return result
}

interface Row {
  terms: { id: number | null; ranked: boolean; must: boolean; han: boolean }[] | null
  counts: Record<string, number> | null
  passages: number
  length: number
}

/** What the words of a query stand under, as far as the dictionary has them, how often, and how much text there is to look into. */
export async function queryTerms(
  tx: Tx,
  words: QueryWords,
  contentIds: readonly string[],
): Promise<QueryTerms> {
  const { latin, han, mustWords, mustCharacters } = words
  const { rows } = await sql<Row>`
    with ${scope(contentIds)},
    wanted as (
      select unnest(ts_lexize('english_stem', word)) as term, true as ranked, false as must, false as han
      from unnest(${[...latin]}::text[]) as word
      union all select word, true, false, true from unnest(${[...han]}::text[]) as word
      union all select coalesce((ts_lexize('english_stem', word))[1], '=' || word), false, true, false
      from unnest(${[...mustWords]}::text[]) as word
      union all select word, false, true, false from unnest(${mustCharacters.map(exactly)}::text[]) as word
    ),
    terms as materialized (
      select t.id, bool_or(w.ranked) as ranked, bool_or(w.must) as must, bool_or(w.han) as han
      from wanted w left join search_terms t using (term) group by w.term, t.id
    ),
    counts as (
      select b.term_id, sum(cardinality(b.postings))::integer as count
      from search_blocks b join scope s on s.id = b.content_id
      where b.term_id = any(array(select id from terms)) and ${ofFew(contentIds)} group by b.term_id
    )
    select
      (select jsonb_agg(t) from terms t) as terms,
      (select jsonb_object_agg(c.term_id, c.count) from counts c) as counts,
      coalesce(sum(passages), 0)::double precision as passages, coalesce(sum(length), 0)::double precision as length
    from search_contents where content_id = any(${[...contentIds]}::uuid[])`.execute(tx.db)
  const { terms, counts, passages = 0, length = 0 } = rows[0] ?? {}
  const all = (terms ?? [])
    .map((term) => ({ ...term, count: counts?.[String(term.id)] ?? 0 }))
    .sort((a, b) => a.count - b.count)
  const standing = all.filter(
    (term): term is typeof term & { id: number } => term.id !== null && term.count > 0,
  )
  const musts = all.filter(({ must }) => must)
  return {
    ranked: standing.filter(({ ranked }) => ranked),
    musts: musts.every(({ count }) => count > 0) ? standing.filter(({ must }) => must) : undefined,
    size: { passages, averageLength: passages > 0 ? Math.max(1, length / passages) : 1 },
  }
}

/** So many stems of one beginning are looked at. */
const MOST_STEMS = 2000

export interface Beginning {
  readonly id: number
  /** Every known word of this stem begins so. */
  readonly sure: boolean
  readonly count: number
}

/** Terms whose words begin so, and stand in the scope. */
export async function termsBeginning(
  tx: Tx,
  beginning: string,
  contentIds: readonly string[],
): Promise<Beginning[]> {
  const { rows } = await sql<Beginning>`
    with ${scope(contentIds)},
    stems as materialized (
      select distinct f.term_id as id from search_forms f
      where f.form like ${`${beginning}%`} and exists (select from search_blocks b where b.term_id = f.term_id)
      limit ${MOST_STEMS}
    )
    select s.id, sum(cardinality(b.postings))::integer as count,
      not exists (select from search_forms o where o.term_id = s.id and not starts_with(o.form, ${beginning})) as sure
    from stems s join search_blocks b on b.term_id = s.id and ${ofFew(contentIds)} join scope on scope.id = b.content_id
    group by s.id`.execute(tx.db)
  return rows
}
