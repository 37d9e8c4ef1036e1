import type { BoardComment } from '../../../data/boards.ts'

export interface CommentBranch {
  readonly comment: BoardComment
  readonly answers: readonly CommentBranch[]
}

/** How deep answers stand to the right; deeper ones stand below each other. */
export const DEEPEST = 4

/**
 * Comments under what they answer, each level the oldest first. An answer to something that is not among them stands at
 * the top: its turn in time says where.
 */
export function commentTree(comments: readonly BoardComment[], postId: string): CommentBranch[] {
  const known = new Set(comments.map(({ id }) => id))
  const below = new Map<string, BoardComment[]>()
  for (const comment of comments) {
    const parent =
      known.has(comment.parent_id) && comment.parent_id !== comment.id ? comment.parent_id : postId
    below.set(parent, [...(below.get(parent) ?? []), comment])
  }
  const branches = (parent: string): CommentBranch[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id))
      .map((comment) => ({ comment, answers: branches(comment.id) }))
  return branches(postId)
}
