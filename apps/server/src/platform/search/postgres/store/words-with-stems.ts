import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'

/** Which of these words have a stem among those of the query. */
export async function wordsWithStems(tx: Tx, latin: string, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    with stems as materialized (select array(select lexeme from unnest(to_tsvector('english', ${latin}))) as all)
    select word from unnest(${[...words]}::text[]) as word, stems
    where ts_lexize('english_stem', lower(word)) && stems.all`.execute(tx.db)
  return rows.map((row) => row.word)
}
