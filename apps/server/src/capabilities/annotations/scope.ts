import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { decodeCursor, isStringArray } from '../../platform/http/cursor.ts'
import { notFound } from '../../platform/http/problem.ts'
import type { AnnotationComponents } from './components.ts'
import { notYours } from './errors.ts'
import { type AnnotationFilter, keyCount, type Page, type Viewer } from './store/common.ts'

export async function viewerOf(
  components: AnnotationComponents,
  tx: Tx,
  context: TenantContext,
  workspaceId?: string,
): Promise<Viewer> {
  const visible = await components.workspacesOf(tx, context)
  if (workspaceId !== undefined && !visible.includes(workspaceId)) throw notFound('workspace')
  return { accountId: context.accountId, workspaceIds: workspaceId === undefined ? visible : [workspaceId] }
}

/** Everybody who sees an annotation may read it; only who made it may change it. @throws Problem 403, 404 */
export function ownOr404<T extends { account_id: string }>(
  row: T | undefined,
  accountId: string,
  what: string,
): T {
  if (!row) throw notFound(what)
  if (row.account_id !== accountId) throw notYours()
  return row
}

interface ListQuery {
  book_id?: string
  highlight_id?: string
  tag?: string
  color?: string
  mine?: boolean
  query?: string
  sort?: 'newest' | 'book'
  cursor?: string
  limit?: number
}

const MAX_WORDS = 8

export function filterOf(viewer: Viewer, query: ListQuery): AnnotationFilter {
  const { book_id: bookId, highlight_id: highlightId, tag, color } = query
  const words = (query.query ?? '').split(/\s+/).filter((word) => word !== '')
  return {
    ...viewer,
    mine: query.mine ?? false,
    words: words.slice(0, MAX_WORDS),
    ...(bookId && { bookId }),
    ...(highlightId && { highlightId }),
    ...(tag && { tag }),
    ...(color && { color }),
  }
}

export interface ListCursor {
  readonly sort: 'newest' | 'book'
  readonly keys: readonly string[]
}

/** One row more than asked for is read, to know whether there is another page. */
export function pageOf(query: ListQuery): Page & { readonly size: number } {
  const sort = query.sort ?? 'newest'
  const fits = (value: unknown): value is ListCursor => {
    const cursor = value as ListCursor | null
    return cursor?.sort === sort && isStringArray(cursor.keys) && cursor.keys.length === keyCount(sort)
  }
  const cursor = decodeCursor(query.cursor, fits)
  const size = query.limit ?? 50
  return { sort, limit: size + 1, size, ...(cursor && { after: cursor.keys }) }
}
