import type { BoardDetail, PostDetail } from '../../../data/boards.ts'

/** What one may do with the comments of a post, and what is being done. */
export interface CommentActs {
  readonly board: BoardDetail
  readonly post: PostDetail
  /** The comment below which an answer is written. */
  readonly answering: string | undefined
  readonly setAnswering: (id: string | undefined) => void
  readonly editing: string | undefined
  readonly setEditing: (id: string | undefined) => void
  /** The comment that a link led to. */
  readonly named: string | undefined
}
