import { sql } from 'kysely'
import type { Tx } from '../../../database/database.ts'
import { hasHan } from '../../segment.ts'
import type { CutContent, CutPassage } from '../cut-content.ts'
import { type Dictionary, learn } from './dictionary.ts'
import { type Block, blocksOf, type PassageTerms } from './postings.ts'

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

/** Terms that a content has, each once, and where in this list its words are: -1 for one that is not there. */
interface Places {
  readonly terms: readonly number[]
  readonly tokens: Int32Array
  /** 1 for the tokens that count for the ranking. */
  readonly ranked: Uint8Array
  readonly han: Int32Array
}

function placesOf({ tokens, han }: CutContent, dictionary: Dictionary): Places {
  const terms: number[] = []
  const known = new Map<number, number>()
  const place = (term: number | undefined): number => {
    if (term === undefined) return -1
    const at = known.get(term) ?? terms.push(term) - 1
    known.set(term, at)
    return at
  }
  const latin = tokens.map((token) => dictionary.latin.get(token))
  return {
    tokens: Int32Array.from(tokens, (token, i) => place(latin[i]?.id ?? dictionary.characters.get(token))),
    ranked: Uint8Array.from(latin, (term) => (term?.ranked ? 1 : 0)),
    han: Int32Array.from(han, (word) => place(dictionary.han.get(word))),
    terms,
  }
}

/** Where the terms of one passage are. */
function termsOf(passage: CutPassage, places: Places): PassageTerms {
  const ranked: number[] = []
  const exact: number[] = []
  const add = (to: number[], place: number | undefined) => {
    if (place !== undefined && place >= 0) to.push(place)
  }
  for (const token of passage.headings) if (places.ranked[token]) add(ranked, places.tokens[token])
  for (const token of passage.tokens) add(places.ranked[token] ? ranked : exact, places.tokens[token])
  for (const word of passage.han) add(ranked, places.han[word])
  return { ord: passage.ord, ranked, exact }
}

/** Teaches the dictionary the words of a content and turns its passages into blocks. Writes nothing else. */
export async function prepareIndex(tx: Tx, content: CutContent): Promise<PreparedIndex> {
  const { han, tokens } = content
  const dictionary = await learn(tx, {
    latin: tokens.filter((token) => !hasHan(token)),
    han,
    characters: tokens.filter(hasHan),
  })
  const places = placesOf(content, dictionary)
  const passages = content.passages.toSorted((a, b) => a.ord - b.ord)
  const terms = passages.map((passage) => termsOf(passage, places))
  return {
    passages,
    blocks: blocksOf(terms, places.terms),
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
