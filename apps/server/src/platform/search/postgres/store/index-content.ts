import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import { hasHan } from '../../segment.ts'
import { type Dictionary, learn } from './dictionary.ts'
import { type Block, blocksOf, type PassageTerms } from './postings.ts'

/** A passage as it goes into the index. */
export interface IndexedPassage {
  readonly ord: number
  /** Folded words that are stemmed, headings included, repeated as often as they stand there. */
  readonly latin: readonly string[]
  /** Chinese words, likewise. */
  readonly han: readonly string[]
  /** Folded words in order, Chinese character by character: what phrases are made of. */
  readonly tokens: readonly string[]
}

/** An index of one content that only has to be written. */
export interface PreparedIndex {
  readonly passages: readonly { readonly ord: number; readonly words: string }[]
  readonly blocks: readonly Block[]
  /** Of all passages together, in terms. */
  readonly length: number
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

/** Numbers for the words of one passage. */
function termsOf({ ord, latin, han, tokens }: IndexedPassage, dictionary: Dictionary): PassageTerms {
  const ranked: number[] = []
  const exact: number[] = []
  for (const word of latin) {
    const term = dictionary.latin.get(word)
    if (term?.ranked) ranked.push(term.id)
  }
  for (const word of han) {
    const id = dictionary.han.get(word)
    if (id !== undefined) ranked.push(id)
  }
  for (const token of tokens) {
    const term = dictionary.latin.get(token)
    const id = term === undefined ? dictionary.characters.get(token) : term.ranked ? undefined : term.id
    if (id !== undefined) exact.push(id)
  }
  return { ord, ranked, exact }
}

/** Teaches the dictionary the words of a content and turns its passages into blocks. Writes nothing else. */
export async function prepareIndex(tx: Tx, passages: readonly IndexedPassage[]): Promise<PreparedIndex> {
  const ordered = passages.toSorted((a, b) => a.ord - b.ord)
  const each = (of: (passage: IndexedPassage) => readonly string[]) => {
    const distinct = new Set<string>()
    for (const passage of ordered) for (const word of of(passage)) distinct.add(word)
    return [...distinct]
  }
  const dictionary = await learn(tx, {
    latin: each(({ latin }) => latin),
    han: each(({ han }) => han),
    characters: each(({ tokens }) => tokens).filter(hasHan),
  })
  const terms = ordered.map((passage) => termsOf(passage, dictionary))
  return {
    passages: ordered.map(({ ord, tokens }) => ({ ord, words: ` ${tokens.join(' ')} ` })),
    blocks: blocksOf(terms),
    length: terms.reduce((sum, { ranked }) => sum + ranked.length, 0),
  }
}

const WORDS_BATCH = 500

async function insertWords(
  tx: Tx,
  tenantId: string,
  contentId: string,
  passages: PreparedIndex['passages'],
): Promise<void> {
  for (let from = 0; from < passages.length; from += WORDS_BATCH) {
    const batch = passages.slice(from, from + WORDS_BATCH)
    await sql`
      insert into search_passages (tenant_id, content_id, ord, words)
      select ${tenantId}, ${contentId}, ord, words
      from unnest(${`{${batch.map(({ ord }) => ord).join()}}`}::integer[],
        string_to_array(${batch.map(({ words }) => words).join('\n')}, chr(10))) as x(ord, words)`.execute(
      tx.db,
    )
  }
}

async function insertBlocks(
  tx: Tx,
  tenantId: string,
  contentId: string,
  blocks: readonly Block[],
): Promise<void> {
  if (blocks.length === 0) return
  // In the order of the primary key: neighbouring rows go to neighbouring pages.
  const rows = blocks.toSorted((a, b) => a.term - b.term || a.part - b.part)
  await sql`
    insert into search_blocks (tenant_id, term_id, content_id, part, postings)
    select ${tenantId}, id, ${contentId}, part, postings::integer[]
    from unnest(${`{${rows.map(({ term }) => term).join()}}`}::integer[], ${`{${rows.map(({ part }) => part).join()}}`}::smallint[],
      string_to_array(${rows.map(({ postings }) => `{${postings.join()}}`).join('\n')}, chr(10))) as x(id, part, postings)`.execute(
    tx.db,
  )
}

/** Writes the index of one content. */
export async function writeIndex(
  tx: Tx,
  content: { tenantId: string; contentId: string; version: string },
  { passages, blocks, length }: PreparedIndex,
): Promise<void> {
  const { tenantId, contentId, version } = content
  await sql`
    insert into search_contents (tenant_id, content_id, passages, length, icu_version, terms)
    values (${tenantId}, ${contentId}, ${passages.length}, ${length}, ${version}, ${`{${[...new Set(blocks.map(({ term }) => term))].join()}}`}::integer[])`.execute(
    tx.db,
  )
  await insertBlocks(tx, tenantId, contentId, blocks)
  await insertWords(tx, tenantId, contentId, passages)
}
