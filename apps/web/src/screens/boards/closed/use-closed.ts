import type { BoardDetail, PostDetail } from '../../../data/boards.ts'
import { useIdentity } from '../../../data/use-session.ts'
import { type Closed, closedTo } from './closed.ts'

/** Why the reader may not write on a board, or below a post of it; undefined: one may. */
export const useClosed = (board: BoardDetail, post?: PostDetail): Closed | undefined =>
  closedTo(useIdentity().account.id, board, post)
