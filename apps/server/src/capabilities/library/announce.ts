import type { Tx } from '../../platform/database/database.ts'

interface Announced {
  readonly id: string
  readonly workspace_id: string
}

/** Tells everybody in the workspace, once the transaction is committed. */
export function announceBook(
  tx: Tx,
  type: 'book.created' | 'book.updated' | 'book.trashed' | 'book.restored' | 'book.deleted' | 'book.replaced',
  book: Announced,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return tx.emit({ type, workspaceId: book.workspace_id, payload: { book_id: book.id, ...more } })
}

export function announceShelf(
  tx: Tx,
  type: 'shelf.created' | 'shelf.updated' | 'shelf.deleted',
  shelf: Announced,
): Promise<void> {
  return tx.emit({ type, workspaceId: shelf.workspace_id, payload: { shelf_id: shelf.id } })
}
