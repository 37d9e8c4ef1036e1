import type { Tx } from '../../platform/database/database.ts'
import type { SearchDocument, SearchEngine } from '../../platform/search/search-engine.ts'
import { decodeBody } from './body.ts'
import { type IndexableRow, postsNaming, postsToIndex } from './store/searchable.ts'

export type SearchWriter = Pick<SearchEngine, 'putDocuments' | 'removeDocuments'>

/** Stands for an author who is no member here. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The first 16 bytes of a hash: what posts and boards are called where ids are UUIDs. */
export const uuidOf = (hash: string): string =>
  [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')

/** Makes posts and comments found as they read now: by title and body where that is here; taken back or hidden ones not. */
export async function indexPosts(
  tx: Tx,
  search: SearchWriter,
  tenantId: string,
  ids: readonly string[],
): Promise<void> {
  const rows = new Map((await postsToIndex(tx, ids)).map((row) => [row.id, row]))
  const shown = [...rows.values()].filter(({ deleted, hidden }) => !deleted && !hidden)
  const found = new Set(shown.map(({ id }) => id))
  const gone = ids.filter((id) => !found.has(id))
  await search.removeDocuments(tx, 'post', gone.map(uuidOf))
  await search.putDocuments(tx, tenantId, shown.map(documentOf))
}

/** The same, for those whose body has come. */
export async function indexBody(
  tx: Tx,
  search: SearchWriter,
  tenantId: string,
  digest: string,
): Promise<void> {
  await indexPosts(tx, search, tenantId, await postsNaming(tx, digest))
}

function documentOf(row: IndexableRow): SearchDocument {
  const body = row.bytes ? decodeBody(row.bytes, row.media_type) : undefined
  const cited = body?.citations.map(({ quote }) => quote.exact) ?? []
  return {
    kind: 'post',
    id: uuidOf(row.id),
    roomId: uuidOf(row.board_id),
    workspaceId: null,
    bookId: null,
    accountId: row.account_id ?? NOBODY,
    visibility: 'workspace',
    title: row.title,
    text: [body?.text ?? '', ...cited].filter((part) => part !== '').join('\n'),
  }
}
