import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'

/** Where a word is found: its stem, or, for words that say nothing by themselves (`the`), a term of its own. */
export interface Term {
  readonly id: number
  /** Counts for the ranking. The others only tell where a phrase may stand. */
  readonly ranked: boolean
}

/** The term under which something stands exactly as it is: no word begins so. */
export const exactly = (token: string): string => `=${token}`

/** `{1,2}`: cheaper to write and to read than parameters one by one. */
const integers = (numbers: readonly number[]): string => `{${numbers.join()}}`

/** Many words at once, none with a line break in it. */
const lines = (words: readonly string[]): string => words.join('\n')

/** Numbers of these terms. New ones are inserted in order: two contents at once then wait instead of deadlocking. */
async function termIds(tx: Tx, terms: readonly string[]): Promise<Map<string, number>> {
  if (terms.length === 0) return new Map()
  const look = async (wanted: readonly string[]) => {
    const { rows } = await sql<{ id: number; term: string }>`
      select id, term from search_terms where term = any(string_to_array(${lines(wanted)}, chr(10)))`.execute(
      tx.db,
    )
    return rows.map(({ id, term }): [string, number] => [term, id])
  }
  const known = new Map(await look(terms))
  const missing = terms.filter((term) => !known.has(term)).sort()
  if (missing.length === 0) return known
  await sql`
    insert into search_terms (term)
    select term from unnest(string_to_array(${lines(missing)}, chr(10))) with ordinality as x(term, n) order by n
    on conflict (term) do nothing`.execute(tx.db)
  for (const [term, id] of await look(missing)) known.set(term, id)
  return known
}

/** Terms of words that are stemmed; what is new goes into the dictionary. */
async function learnForms(tx: Tx, words: readonly string[]): Promise<Map<string, Term>> {
  const found = new Map<string, Term>()
  if (words.length === 0) return found
  const known = await sql<{ form: string; id: number; ranked: boolean }>`
    select form, term_id as id, ranked from search_forms
    where form = any(string_to_array(${lines(words)}, chr(10)))`.execute(tx.db)
  for (const { form, id, ranked } of known.rows) found.set(form, { id, ranked })
  const unknown = words.filter((word) => !found.has(word)).sort()
  if (unknown.length === 0) return found
  const { rows } = await sql<{ word: string; stem: string | null }>`
    select word, (ts_lexize('english_stem', word))[1] as stem
    from unnest(string_to_array(${lines(unknown)}, chr(10))) as word`.execute(tx.db)
  const ids = await termIds(tx, [...new Set(rows.map(({ word, stem }) => stem ?? exactly(word)))])
  const forms = rows.map(({ word, stem }) => ({
    word,
    term: { id: ids.get(stem ?? exactly(word)) ?? 0, ranked: stem !== null },
  }))
  await sql`
    insert into search_forms (form, term_id, ranked)
    select form, id, ranked from unnest(string_to_array(${lines(forms.map(({ word }) => word))}, chr(10)),
      ${integers(forms.map(({ term }) => term.id))}::integer[], ${forms.map(({ term }) => term.ranked)}::boolean[])
      with ordinality as x(form, id, ranked, n) order by n
    on conflict (form) do nothing`.execute(tx.db)
  for (const { word, term } of forms) found.set(word, term)
  return found
}

/** The numbers under which the words of a text stand. */
export interface Dictionary {
  /** Folded Latin words (and those of other scripts that are written with blanks). */
  readonly latin: ReadonlyMap<string, Term>
  /** Chinese words. */
  readonly han: ReadonlyMap<string, number>
  /** Chinese characters. */
  readonly characters: ReadonlyMap<string, number>
}

/** Looks all of them up, each given once, and adds what is new. */
export async function learn(
  tx: Tx,
  words: { latin: readonly string[]; han: readonly string[]; characters: readonly string[] },
): Promise<Dictionary> {
  const latin = await learnForms(tx, words.latin)
  const terms = await termIds(tx, [...words.han, ...words.characters.map(exactly)])
  const of = (wanted: readonly string[], term: (word: string) => string) =>
    new Map(wanted.map((word) => [word, terms.get(term(word)) ?? 0]))
  return { latin, han: of(words.han, (word) => word), characters: of(words.characters, exactly) }
}
