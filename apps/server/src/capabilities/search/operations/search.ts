import type { components } from '@stoa/contracts'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import { notFound } from '../../../platform/http/problem.ts'
import { isEmptyQuery, parseQuery } from '../../../platform/search/query.ts'
import type {
  DocumentHit,
  DocumentKind,
  DocumentResults,
  PassageHit,
  PassageResults,
  TextQuery,
} from '../../../platform/search/search-engine.ts'
import type { BookScope, SearchComponents } from '../components.ts'
import { nothingToFind } from '../errors.ts'
import { mergeKinds, type Ranked, type SearchHit, type SearchKind } from '../merge.ts'
import { presentDocuments, presentPassages, presentTag } from '../present.ts'

type SearchResults = components['schemas']['SearchResults']

const ALL_KINDS: readonly SearchKind[] = [
  'book',
  'passage',
  'highlight',
  'note',
  'message',
  'document',
  'post',
  'tag',
]
/** Nobody leafs further; asking a better question helps more. */
const DEEPEST = 400
const MAX_TAGS = 10
const NO_PASSAGES: PassageResults = { hits: [], total: 0, byContent: [] }
const NO_DOCUMENTS: DocumentResults = {
  hits: [],
  totals: { book: 0, highlight: 0, note: 0, message: 0, document: 0, post: 0 },
}

const isOffset = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

async function scopeOf(
  { workspacesOf }: SearchComponents,
  tx: Tx,
  context: TenantContext,
  query: Request<'search'>['query'],
): Promise<BookScope> {
  const visible = await workspacesOf(tx, context)
  const { workspace_id, book_id: bookId, shelf_id: shelfId, language } = query
  if (workspace_id !== undefined && !visible.includes(workspace_id)) throw notFound('workspace')
  return {
    workspaceIds: workspace_id === undefined ? visible : [workspace_id],
    ...(bookId && { bookId }),
    ...(shelfId && { shelfId }),
    ...(language && { language }),
  }
}

interface Found {
  readonly passages: PassageResults
  readonly documents: DocumentResults
  readonly tags: readonly { tag: string; count: number }[]
}

async function find(
  components: SearchComponents,
  tx: Tx,
  request: Request<'search'>,
  wanted: { text: TextQuery; scope: BookScope; kinds: readonly SearchKind[]; depth: number },
): Promise<Found> {
  const { context, query } = request
  const { text, scope, kinds, depth } = wanted
  const { engine } = components
  const documentKinds = kinds.filter((kind): kind is DocumentKind => kind !== 'passage' && kind !== 'tag')
  // A book is found by its own names; inside one book, on a shelf or in one language only what stands in books counts.
  const narrowed = scope.shelfId !== undefined || scope.language !== undefined
  const elsewhere = query.author_id !== undefined || query.room_id !== undefined
  const readable = kinds.includes('passage') && !elsewhere
  const contentIds = readable ? await components.searchableContents(tx, context, scope) : []
  const passages = readable ? await engine.searchPassages(tx, text, { contentIds }, depth) : NO_PASSAGES
  const documents =
    documentKinds.length === 0 || narrowed
      ? NO_DOCUMENTS
      : await engine.searchDocuments(
          tx,
          text,
          {
            accountId: context.accountId,
            workspaceIds: scope.workspaceIds,
            roomIds: [
              ...(documentKinds.includes('message') ? await roomsIn(components, tx, query) : []),
              ...(documentKinds.includes('document')
                ? await components.documentsToSearch(tx, query.workspace_id)
                : []),
              // Boards are of the whole organisation.
              ...(documentKinds.includes('post') && query.workspace_id === undefined
                ? await components.boardsToSearch(tx)
                : []),
            ],
            kinds: query.room_id === undefined ? documentKinds : ['message'],
            ...(scope.bookId && { bookId: scope.bookId }),
            ...(query.author_id && { authorId: query.author_id }),
          },
          depth,
        )
  const tagged = kinds.includes('tag') && !narrowed && scope.bookId === undefined && !elsewhere
  const tags = tagged
    ? await components.tagsLike(tx, context, query.q.trim().replace(/[*"]/g, ''), MAX_TAGS)
    : []
  return { passages, documents, tags }
}

/** Messages are found where their room may be read. @throws Problem 404 `room.not_found` */
async function roomsIn(
  { roomsToSearch }: SearchComponents,
  tx: Tx,
  { workspace_id: workspaceId, room_id: roomId }: Request<'search'>['query'],
): Promise<readonly string[]> {
  const rooms = await roomsToSearch(tx, { ...(workspaceId && { workspaceId }), ...(roomId && { roomId }) })
  if (roomId !== undefined && rooms.length === 0) throw notFound('room')
  return rooms
}

async function facetsOf(
  components: SearchComponents,
  tx: Tx,
  context: TenantContext,
  { passages, documents, tags }: Found,
): Promise<SearchResults['facets']> {
  const counts: [SearchKind, number][] = [
    ['book', documents.totals.book],
    ['passage', passages.total],
    ['highlight', documents.totals.highlight],
    ['note', documents.totals.note],
    ['message', documents.totals.message],
    ['document', documents.totals.document],
    ['post', documents.totals.post],
    ['tag', tags.length],
  ]
  const books = await components.booksOfContents(
    tx,
    context,
    passages.byContent.map(({ contentId }) => contentId),
  )
  return {
    kinds: counts.filter(([, count]) => count > 0).map(([kind, count]) => ({ kind, count })),
    books: passages.byContent.flatMap(({ contentId, count }) => {
      const book = books.get(contentId)
      return book ? [{ book_id: book.id, title: book.title, count }] : []
    }),
  }
}

export const searchOperation = (components: SearchComponents): Operation =>
  operation('search', async (request) => {
    const started = performance.now()
    const { context, query } = request
    const text = parseQuery(query.q)
    if (isEmptyQuery(text)) throw nothingToFind()
    const offset = Math.min(decodeCursor(query.cursor, isOffset) ?? 0, DEEPEST)
    const limit = query.limit ?? 20
    const depth = Math.min(offset + limit + 1, DEEPEST + 1)
    const body = await request.read(async (tx): Promise<SearchResults> => {
      const scope = await scopeOf(components, tx, context, query)
      const kinds = query.kinds?.length ? query.kinds : ALL_KINDS
      const found = await find(components, tx, request, { text, scope, kinds, depth })
      const ranked = mergeKinds(candidates(found))
      const page = ranked.slice(offset, offset + limit)
      return {
        items: await present(components, tx, context, text, page),
        next_cursor:
          ranked.length > offset + limit && offset + limit < DEEPEST ? encodeCursor(offset + limit) : null,
        facets: await facetsOf(components, tx, context, found),
        took_ms: Math.round(performance.now() - started),
        indexing: await components.isReadingIn(tx, scope.workspaceIds),
      }
    })
    return { status: 200, headers: { 'x-search-engine': components.engine.name }, body }
  })

type Candidate = Ranked &
  (
    | { readonly passage: PassageHit }
    | { readonly document: DocumentHit }
    | { readonly tag: { readonly tag: string; readonly count: number } }
  )

function candidates({ passages, documents, tags }: Found): Candidate[] {
  return [
    ...passages.hits.map((passage) => ({
      kind: 'passage' as const,
      id: `${passage.contentId}/${passage.ord}`,
      score: passage.score,
      passage,
    })),
    ...documents.hits.map((document) => ({
      kind: document.kind,
      id: document.id,
      score: document.score,
      document,
    })),
    ...tags.map((tag) => ({ kind: 'tag' as const, id: tag.tag, score: tag.count, tag })),
  ]
}

/** Fetches and cuts what stands on the page, nothing else. */
async function present(
  components: SearchComponents,
  tx: Tx,
  context: TenantContext,
  text: TextQuery,
  page: readonly Candidate[],
): Promise<SearchHit[]> {
  const passages = page.flatMap((hit) => ('passage' in hit ? [hit.passage] : []))
  const documents = page.flatMap((hit) => ('document' in hit ? [hit.document] : []))
  const shown = [
    ...(await presentPassages(components, tx, context, text, passages)),
    ...(await presentDocuments(components, tx, context, text, documents)),
    ...page.flatMap((hit) => ('tag' in hit ? [presentTag(hit.tag)] : [])),
  ]
  const byKey = new Map(shown.map((hit) => [`${hit.kind} ${hit.id}`, hit]))
  return page.flatMap(({ kind, id, score }) => {
    const hit = byKey.get(`${kind} ${id}`)
    return hit ? [{ ...hit, score }] : []
  })
}
