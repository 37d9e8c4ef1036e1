import type { ReadRecord } from '@stoa/records'
import type { TenantContext, Tx } from '../../../platform/database/database.ts'
import type { BoardParts } from '../components.ts'
import { boardNotFound, commentNotFound, postNotFound } from '../errors.ts'
import type { ReachWord } from '../plane/wire.ts'
import { type BoardRow, findBoard } from '../store/boards.ts'
import { findPost, type PostRow } from '../store/posts.ts'

/** @throws Problem 404 `board.not_found` */
export async function boardOf(tx: Tx, boardId: string): Promise<BoardRow> {
  const board = await findBoard(tx, boardId)
  if (!board) throw boardNotFound()
  return board
}

/** @throws Problem 404 `board.not_found`, `post.not_found` */
export async function postOf(
  tx: Tx,
  boardId: string,
  postId: string,
): Promise<{ board: BoardRow; row: PostRow }> {
  const board = await boardOf(tx, boardId)
  const row = await findPost(tx, boardId, postId)
  if (!row || row.root_id !== null) throw postNotFound()
  return { board, row }
}

/** @throws Problem 404 `board.not_found`, `comment.not_found` */
export async function commentOf(
  tx: Tx,
  boardId: string,
  id: string,
): Promise<{ board: BoardRow; row: PostRow }> {
  const board = await boardOf(tx, boardId)
  const row = await findPost(tx, boardId, id)
  if (!row || row.root_id === null) throw commentNotFound()
  return { board, row }
}

/** Runs a write and, once it is durable, tells other nodes what was written, and what reach a board was given. */
export async function announced<T>(
  { content }: Pick<BoardParts, 'content'>,
  { tenantId }: TenantContext,
  write: (written: (records: readonly ReadRecord[], reach?: ReachWord) => void) => Promise<T>,
): Promise<T> {
  let records: readonly ReadRecord[] = []
  let reaches: readonly ReachWord[] = []
  const result = await write((some, reach) => {
    records = some
    reaches = reach ? [reach] : []
  })
  if (records.length + reaches.length > 0) content.announce(tenantId, records, reaches)
  return result
}
