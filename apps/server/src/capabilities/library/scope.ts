import type { TenantContext, Tx } from '../../platform/database/database.ts'
import { notFound } from '../../platform/http/problem.ts'
import type { LibraryComponents } from './components.ts'
import { type BookRow, findBook } from './store/books.ts'
import { findShelf } from './store/shelves.ts'
import { type Book, bookView } from './views.ts'

type Visible = Pick<LibraryComponents, 'workspacesOf'>

/** The workspace asked for, or all that the caller may see. @throws 404 `workspace.not_found` */
export async function visibleWorkspaces(
  components: Visible,
  tx: Tx,
  context: TenantContext,
  workspaceId?: string,
): Promise<readonly string[]> {
  const visible = await components.workspacesOf(tx, context)
  if (workspaceId === undefined) return visible
  if (!visible.includes(workspaceId)) throw notFound('workspace')
  return [workspaceId]
}

/** The workspace asked for, or the caller's first. @throws 404 `workspace.not_found` */
export async function chosenWorkspace(
  components: Visible,
  tx: Tx,
  context: TenantContext,
  workspaceId?: string,
): Promise<string> {
  const [first] = await visibleWorkspaces(components, tx, context, workspaceId)
  if (first === undefined) throw notFound('workspace')
  return first
}

/** A book the caller may see, also from the trash. @throws 404 `book.not_found` */
export async function visibleBook(
  components: Visible,
  tx: Tx,
  context: TenantContext,
  bookId: string,
): Promise<BookRow> {
  const workspaces = await components.workspacesOf(tx, context)
  const book = await findBook(tx, context.accountId, workspaces, bookId)
  if (!book) throw notFound('book')
  return book
}

/** @throws 404 `shelf.not_found` */
export async function visibleShelf(components: Visible, tx: Tx, context: TenantContext, shelfId: string) {
  const workspaces = await components.workspacesOf(tx, context)
  const shelf = await findShelf(tx, workspaces, shelfId)
  if (!shelf) throw notFound('shelf')
  return shelf
}

/** The contract's view of one row. */
export async function presentBook(components: LibraryComponents, tx: Tx, row: BookRow): Promise<Book> {
  return bookView(row, components.blobs, await components.people(tx, [row.added_by]))
}

/** Reads a book again and shows it: after a change in the same transaction. */
export async function presentBookById(
  components: LibraryComponents,
  tx: Tx,
  context: TenantContext,
  bookId: string,
): Promise<Book> {
  return presentBook(components, tx, await visibleBook(components, tx, context, bookId))
}
