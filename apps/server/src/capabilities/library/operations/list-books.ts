import type { Tx } from '../../../platform/database/database.ts'
import { decodeCursor, encodeCursor, isStringArray } from '../../../platform/http/cursor.ts'
import { type Operation, operation, type Request } from '../../../platform/http/operation.ts'
import type { LibraryComponents } from '../components.ts'
import { nameQuery } from '../name-words.ts'
import { visibleShelf, visibleWorkspaces } from '../scope.ts'
import type { BookFilter } from '../store/book-filter.ts'
import { type BookCursor, listBooks } from '../store/book-list.ts'
import type { BookSort } from '../store/book-order.ts'
import { shelvesBelow } from '../store/shelves.ts'
import { bookView } from '../views.ts'

type Sorted = BookCursor & { readonly sort: BookSort }

const isSorted = (value: unknown): value is Sorted => {
  const cursor = value as Sorted | null
  return typeof cursor === 'object' && Number.isInteger(cursor?.phase) && isStringArray(cursor?.keys)
}

async function filterOf(
  components: LibraryComponents,
  tx: Tx,
  request: Request<'listBooks'>,
): Promise<BookFilter | undefined> {
  const { query, context } = request
  const typed = query.query?.trim()
  const words = typed ? nameQuery(typed) : undefined
  // Nothing but punctuation was typed: nothing is called that.
  if (typed && words === undefined) return undefined
  const workspaceIds = await visibleWorkspaces(components, tx, context, query.workspace_id)
  const shelf = query.shelf_id && (await visibleShelf(components, tx, context, query.shelf_id))
  return {
    accountId: context.accountId,
    workspaceIds,
    trashed: query.trashed ?? false,
    ...(shelf && { shelfIds: await shelvesBelow(tx, shelf.id) }),
    ...(query.status && { status: query.status }),
    ...(query.state && { states: query.state }),
    ...(query.format && { formats: query.format }),
    ...(query.language && { language: query.language }),
    ...(query.tag && { tag: query.tag }),
    ...(words && { nameQuery: words }),
  }
}

export const listBooksOperation = (components: LibraryComponents): Operation =>
  operation('listBooks', (request) =>
    request.read(async (tx) => {
      const { query } = request
      const filter = await filterOf(components, tx, request)
      if (!filter) return { status: 200, body: { items: [], next_cursor: null, total: 0 } }
      const sort = query.sort ?? 'recently_added'
      const cursor = decodeCursor(
        query.cursor,
        (value): value is Sorted => isSorted(value) && value.sort === sort,
      )
      const page = {
        offset: cursor ? 0 : (query.offset ?? 0),
        limit: query.limit ?? 50,
        ...(cursor && { cursor }),
      }
      const { rows, next, total } = await listBooks(tx, filter, sort, page)
      const people = await components.people(tx, [...new Set(rows.map((row) => row.added_by))])
      const items = await Promise.all(rows.map((row) => bookView(row, components.blobs, people)))
      return {
        status: 200,
        body: { items, next_cursor: next ? encodeCursor({ ...next, sort }) : null, total },
      }
    }),
  )
