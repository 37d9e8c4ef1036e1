import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'

/** A passage as it goes into the index. */
export interface IndexedPassage {
  readonly ord: number
  /** Latin text, for the English stemmer; headings included. */
  readonly latin: string
  /** Chinese words, repeated as often as they stand there. */
  readonly han: readonly string[]
  /** Words in lower case, Chinese character by character: for phrases and prefixes. */
  readonly words: string
}

const BLOCK = 32_768

export async function clearContent(tx: Tx, contentId: string): Promise<void> {
  await tx.db.deleteFrom('search_blocks').where('content_id', '=', contentId).execute()
  await tx.db.deleteFrom('search_passages').where('content_id', '=', contentId).execute()
  await tx.db.deleteFrom('search_contents').where('content_id', '=', contentId).execute()
}

/** Contents whose Chinese was cut into words by another version of ICU. */
export async function contentsNotCutBy(tx: Tx, icuVersion: string, limit: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('search_contents')
    .select('content_id')
    .where('icu_version', '<>', icuVersion)
    .limit(limit)
    .execute()
  return rows.map((row) => row.content_id)
}

/** Terms of a batch of passages, counted, in a table of this transaction. */
async function collectTerms(tx: Tx, passages: readonly IndexedPassage[]): Promise<void> {
  const rows = JSON.stringify(passages.map(({ ord, latin, han }) => ({ ord, latin, han })))
  await sql`
    insert into pg_temp.content_terms (term, ord, tf)
    with p as materialized (
      select ord, to_tsvector('english', latin) as stems, han from jsonb_to_recordset(${rows}::jsonb) as x(ord integer, latin text, han text[])
    )
    select lexeme, ord, least(cardinality(positions), 32767) from p, unnest(stems)
    union all
    select word, ord, least(count(*), 32767) from p, unnest(han) as word group by word, ord`.execute(tx.db)
}

async function insertWords(
  tx: Tx,
  tenantId: string,
  contentId: string,
  passages: readonly IndexedPassage[],
): Promise<void> {
  await sql`
    insert into search_passages (tenant_id, content_id, ord, words)
    select ${tenantId}, ${contentId}, ord, to_tsvector('simple', words)
    from unnest(${passages.map((p) => p.ord)}::integer[], ${passages.map((p) => p.words)}::text[]) as x(ord, words)`.execute(
    tx.db,
  )
}

const BATCH = 500

/** Writes the blocks of one content. New terms are inserted in order: two contents at once then wait instead of deadlocking. */
export async function writeContent(
  tx: Tx,
  content: { tenantId: string; contentId: string; icuVersion: string },
  passages: readonly IndexedPassage[],
): Promise<void> {
  const { tenantId, contentId, icuVersion } = content
  await sql`create temp table if not exists content_terms (term text not null, ord integer not null, tf integer not null) on commit drop`.execute(
    tx.db,
  )
  await sql`truncate pg_temp.content_terms`.execute(tx.db)
  for (let from = 0; from < passages.length; from += BATCH) {
    const batch = passages.slice(from, from + BATCH)
    await collectTerms(tx, batch)
    await insertWords(tx, tenantId, contentId, batch)
  }
  await sql`select stoa.merge_search_words()`.execute(tx.db)
  await sql`
    with terms as materialized (select distinct term from pg_temp.content_terms)
    insert into search_terms (term)
    select c.term from terms c
    where not exists (select from search_terms t where t.term = c.term) order by c.term
    on conflict (term) do nothing`.execute(tx.db)
  await sql`
    insert into search_blocks (tenant_id, term_id, content_id, part, ids, tfs, lens)
    with lengths as materialized (select ord, sum(tf) as length from pg_temp.content_terms group by ord),
    blocks as materialized (
      select c.term, c.ord / ${BLOCK}::integer as part,
        array_agg((c.ord % ${BLOCK}::integer)::int2 order by c.ord) as ids,
        array_agg(c.tf::int2 order by c.ord) as tfs,
        array_agg(least(l.length, 32767)::int2 order by c.ord) as lens
      from pg_temp.content_terms c join lengths l on l.ord = c.ord group by 1, 2
    )
    select ${tenantId}, t.id, ${contentId}, b.part, b.ids, b.tfs, b.lens
    from blocks b join search_terms t on t.term = b.term`.execute(tx.db)
  await sql`
    insert into search_contents (tenant_id, content_id, passages, length, icu_version)
    select ${tenantId}, ${contentId}, ${passages.length}, coalesce(sum(tf), 0), ${icuVersion} from pg_temp.content_terms`.execute(
    tx.db,
  )
}
