import type { Tx } from '../../database/database.ts'
import type {
  ContentWriter,
  DocumentHit,
  DocumentKind,
  DocumentResults,
  DocumentScope,
  PassageResults,
  PassageText,
  SearchDocument,
  SearchEngine,
  TextQuery,
} from '../search-engine.ts'
import { hanWords, hasHan, icuVersion, latinText, latinWords, phraseTokens } from '../segment.ts'
import { cutContent } from './cut-content.ts'
import { deleteDocuments, deleteDocumentsOfBook, rankDocuments, saveDocuments } from './store/documents.ts'
import { clearContent, contentsNotCutBy, prepareIndex, writeIndex } from './store/index-content.ts'
import { rankBeginning, rankTogether } from './store/match-passages.ts'
import { planned, type QueryTerms, queryTerms, termsBeginning } from './store/query-terms.ts'
import { rankPassages } from './store/rank-passages.ts'
import { nothing, type Scored } from './store/scoring.ts'
import { wordsWithStems } from './store/words-with-stems.ts'
import { beginnings, mustTokens, partOf, runStretches, type Stretch, strictStretches } from './stretches.ts'
import { runsQuery, strictQuery } from './tsquery.ts'

/** Of how text is cut into words: by ICU, and by this code. What was indexed under another one is indexed anew. */
const VERSION = `${icuVersion} 2`

/** BM25 and phrases in plain PostgreSQL: no extension, under row-level security, in the writer's own transaction. */
export function createPostgresSearch(): SearchEngine {
  return {
    name: 'postgres',
    prepareContent,
    async indexContent(tx, tenantId, contentId, passages) {
      const write = await prepareContent(tx, passages)
      await write(tx, tenantId, contentId)
    },
    putDocuments: (tx, tenantId, documents) => saveDocuments(tx, tenantId, documents.map(documentRow)),
    outdatedContents: (tx, limit) => contentsNotCutBy(tx, VERSION, limit),
    removeDocuments: deleteDocuments,
    removeBook: deleteDocumentsOfBook,
    searchPassages,
    searchDocuments,
    async matchingWords(tx, query, words) {
      const folded = new Map(words.map((word) => [word, phraseTokens(word).join('')]))
      const stems = new Set(await wordsWithStems(tx, wholeText(query), [...new Set(folded.values())]))
      const exact = new Set(phraseTokens(wholeText(query)))
      const matches = (word: string) =>
        stems.has(word) || exact.has(word) || query.prefixes.some((prefix) => word.startsWith(prefix))
      return new Set(words.filter((word) => matches(folded.get(word) ?? word)))
    },
  }
}

async function prepareContent(tx: Tx, passages: readonly PassageText[]): Promise<ContentWriter> {
  const prepared = await prepareIndex(tx, cutContent(passages))
  return async (writing, tenantId, contentId) => {
    await clearContent(writing, contentId)
    await writeIndex(writing, { tenantId, contentId, version: VERSION }, prepared)
  }
}

/** Latin text of the whole query, phrases included: what its words are scored by. */
const wholeText = ({ latin, phrases, prefixes }: TextQuery): string =>
  latinText([latin, ...phrases, ...prefixes].join(' '))

const wholeHan = ({ han, phrases }: TextQuery): string[] => [
  ...new Set([...han, ...phrases.flatMap(hanWords)]),
]

function documentRow(document: SearchDocument) {
  const whole = `${document.title}\n${document.text}`
  return {
    ...document,
    roomId: document.roomId ?? null,
    privateTo: document.visibility === 'private' ? document.accountId : null,
    latin: latinText(whole),
    han: hanWords(whole).join(' '),
    words: phraseTokens(whole).join(' '),
  }
}

async function searchPassages(
  tx: Tx,
  query: TextQuery,
  { contentIds }: { contentIds: readonly string[] },
  limit: number,
): Promise<PassageResults> {
  const strict = strictStretches(query)
  const runs = strict.length > 0 ? [] : runStretches(query)
  const musts = mustTokens([...strict, ...runs])
  const words = {
    latin: latinWords(wholeText(query)),
    han: wholeHan(query),
    mustWords: musts.filter((token) => !hasHan(token)),
    mustCharacters: musts.filter(hasHan),
  }
  const terms = await queryTerms(tx, words, contentIds)
  if (strict.length > 0) return rankStretches(tx, strict, terms, contentIds, limit)
  const ranked = await planned(tx, () => rankPassages(tx, terms.ranked, contentIds, terms.size, limit))
  if (runs.length === 0 || ranked.hits.length >= limit) return ranked
  return withMore(ranked, await rankStretches(tx, runs, { ...terms, ranked: [] }, contentIds, limit), limit)
}

/** Passages in which all of these stand. */
async function rankStretches(
  tx: Tx,
  stretches: readonly Stretch[],
  terms: QueryTerms,
  contentIds: readonly string[],
  limit: number,
): Promise<Scored> {
  if (terms.musts === undefined) return nothing
  const parts = stretches.map(partOf)
  if (terms.musts.length > 0) return planned(tx, () => rankTogether(tx, terms, parts, contentIds, limit))
  const [longest = ''] = beginnings(stretches)
  const stems = await termsBeginning(tx, longest, contentIds)
  return planned(tx, () => rankBeginning(tx, stems, terms.size, parts, contentIds, limit))
}

/** What only stands there cut into other words comes after everything that was ranked. */
function withMore(ranked: Scored, more: Scored, limit: number): Scored {
  const place = (hit: { contentId: string; ord: number }) => `${hit.contentId} ${hit.ord}`
  const known = new Set(ranked.hits.map(place))
  const others = more.hits.filter((hit) => !known.has(place(hit)))
  const counts = new Map(ranked.byContent.map(({ contentId, count }) => [contentId, count]))
  for (const { contentId } of others) counts.set(contentId, (counts.get(contentId) ?? 0) + 1)
  return {
    hits: [...ranked.hits, ...others].slice(0, limit),
    total: ranked.total + others.length,
    byContent: [...counts]
      .map(([contentId, count]) => ({ contentId, count }))
      .sort((a, b) => b.count - a.count),
  }
}

async function searchDocuments(
  tx: Tx,
  query: TextQuery,
  scope: DocumentScope,
  limit: number,
): Promise<DocumentResults> {
  const strict = strictQuery(query)
  const wanted = {
    words: strict ?? runsQuery(query) ?? null,
    latin: wholeText(query),
    han: wholeHan(query),
    strict: strict !== undefined,
  }
  const rows = await rankDocuments(tx, wanted, scope, limit)
  const totals: Record<DocumentKind, number> = {
    book: 0,
    highlight: 0,
    note: 0,
    message: 0,
    document: 0,
    post: 0,
  }
  for (const row of rows) totals[row.kind] = row.total
  const hits = rows.map(
    (row): DocumentHit => ({
      kind: row.kind,
      id: row.id,
      bookId: row.book_id,
      accountId: row.account_id,
      title: row.title,
      text: row.text,
      updatedAt: row.updated_at,
      score: row.score,
    }),
  )
  return { hits, totals }
}
