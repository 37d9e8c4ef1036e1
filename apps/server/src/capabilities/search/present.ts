import type { TenantContext, Tx } from '../../platform/database/database.ts'
import type { DocumentHit, PassageHit, TextQuery } from '../../platform/search/search-engine.ts'
import { findMarks, latinWords, makeSnippet } from '../../platform/search/snippet.ts'
import { locatorView, type PassageRow } from '../library/index.ts'
import type { PostPlace, SearchableBook, SearchComponents } from './components.ts'
import type { SearchHit } from './merge.ts'

const SNIPPET = 180
const QUOTE_EDGE = 32

type Marker = (text: string) => ReturnType<typeof findMarks>

/** Finds in any of these texts what the query matched. One question to the engine for all of them. */
export async function markerFor(
  { engine }: SearchComponents,
  tx: Tx,
  query: TextQuery,
  texts: readonly string[],
): Promise<Marker> {
  const words = [...new Set(texts.flatMap(latinWords))]
  const matching = words.length === 0 ? new Set<string>() : await engine.matchingWords(tx, query, words)
  const literals = [...query.han, ...query.hanRuns, ...query.phrases]
  return (text) => findMarks(text, matching, literals)
}

const bookFields = (book: SearchableBook | undefined) => ({
  book_id: book?.id ?? null,
  book_title: book?.title ?? null,
  book_authors: [...(book?.authors ?? [])],
  cover: book?.cover ?? null,
})

export async function presentPassages(
  components: SearchComponents,
  tx: Tx,
  context: TenantContext,
  query: TextQuery,
  hits: readonly PassageHit[],
): Promise<SearchHit[]> {
  const place = (contentId: string, ord: number) => `${contentId}/${ord}`
  const rows = await components.passagesAt(tx, hits)
  const passages = new Map(rows.map((row) => [place(row.content_id, row.ord), row]))
  const books = await components.booksOfContents(tx, context, [...new Set(hits.map((hit) => hit.contentId))])
  const mark = await markerFor(
    components,
    tx,
    query,
    rows.map((row) => row.text),
  )
  return hits.flatMap((hit) => {
    const passage = passages.get(place(hit.contentId, hit.ord))
    const book = books.get(hit.contentId)
    return passage && book ? [passageHit(hit, passage, book, mark)] : []
  })
}

function passageHit(hit: PassageHit, passage: PassageRow, book: SearchableBook, mark: Marker): SearchHit {
  const { text } = passage
  const { parts, span } = makeSnippet(text, mark(text), SNIPPET)
  const before = passage.prefix + text.slice(0, span.start)
  const after = text.slice(span.end) + passage.suffix
  return {
    kind: 'passage',
    id: `${hit.contentId}/${hit.ord}`,
    score: hit.score,
    title: book.title,
    snippet: [...parts],
    ...bookFields(book),
    chapter: passage.section_path.at(-1) ?? null,
    locator: locatorView(passage.locator),
    quote: {
      exact: text.slice(span.start, span.end),
      prefix: before.slice(-QUOTE_EDGE),
      suffix: after.slice(0, QUOTE_EDGE),
    },
    color: null,
    author: null,
    language: passage.language,
    updated_at: null,
  }
}

export async function presentDocuments(
  components: SearchComponents,
  tx: Tx,
  context: TenantContext,
  query: TextQuery,
  hits: readonly DocumentHit[],
): Promise<SearchHit[]> {
  const idsOf = (kind: DocumentHit['kind']) => hits.filter((hit) => hit.kind === kind).map((hit) => hit.id)
  const bookIds = hits.map((hit) => (hit.kind === 'book' ? hit.id : hit.bookId)).filter((id) => id !== null)
  const books = await components.booksById(tx, context, [...new Set(bookIds)])
  const places = await components.placesOf(tx, context, {
    highlights: idsOf('highlight'),
    notes: idsOf('note'),
  })
  const said = await components.messagesFound(tx, context, idsOf('message'))
  const posts = await components.postsFound(tx, idsOf('post'))
  const people = await components.people(tx, [...new Set(hits.map((hit) => hit.accountId))])
  const mark = await markerFor(
    components,
    tx,
    query,
    hits.map((hit) => hit.text),
  )
  return hits.flatMap((hit): SearchHit[] => {
    const book = books.get((hit.kind === 'book' ? hit.id : hit.bookId) ?? '')
    const message = said.get(hit.id)
    if ((hit.kind === 'book' && !book) || (hit.kind === 'message' && !message)) return []
    const post = posts.get(hit.id)
    if (hit.kind === 'post' && !post) return []
    const place = places.get(hit.id)
    return [
      {
        kind: hit.kind,
        id: hit.id,
        score: hit.score,
        title: message?.room_name ?? post?.title ?? (hit.title || (book?.title ?? '')),
        snippet: [...makeSnippet(hit.text, mark(hit.text), SNIPPET).parts],
        ...bookFields(book),
        chapter: place?.chapter ?? null,
        locator: place?.locator ?? null,
        quote: place?.quote ?? null,
        color: place?.color ?? null,
        author:
          hit.kind === 'book'
            ? null
            : {
                account_id: hit.accountId,
                display_name: people.get(hit.accountId) ?? post?.author_name ?? '',
              },
        language: book?.language ?? null,
        ...(message && { message }),
        ...(post && { post: placeOf(post) }),
        updated_at: hit.updatedAt.toISOString(),
      },
    ]
  })
}

const placeOf = ({ board_id, board_title, post_id, comment_id }: PostPlace) => ({
  ...{ board_id, board_title, post_id, comment_id },
})

export function presentTag({ tag, count }: { tag: string; count: number }): SearchHit {
  return {
    kind: 'tag',
    id: tag,
    score: count,
    title: tag,
    snippet: [],
    ...bookFields(undefined),
    chapter: null,
    locator: null,
    quote: null,
    color: null,
    author: null,
    language: null,
    count,
    updated_at: null,
  }
}
