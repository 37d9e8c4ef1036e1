import type { BoardDetail, ModerationEntry, PostDetail } from '../../../data/boards.ts'

/** Why somebody may not write: `named` where only others may, `unnamed` while the board's beginning has not come. */
export type Closed = 'banned' | 'locked' | 'named' | 'unnamed'

/** Why this account may not write on a board, or below a post of it; undefined: it may. */
export function closedTo(accountId: string, board: BoardDetail, post?: PostDetail): Closed | undefined {
  if (board.banned.some(({ account_id }) => account_id === accountId)) return 'banned'
  if (board.title === null) return 'unnamed'
  if (!board.can.post) return 'named'
  return post?.locked && !board.can.moderate ? 'locked' : undefined
}

/** The last act of moderation that closed it, of a log with the newest first. */
export const causeOf = (
  log: readonly ModerationEntry[],
  closed: Closed,
  { accountId, postId }: { readonly accountId: string; readonly postId: string | undefined },
): ModerationEntry | undefined =>
  log.find(
    ({ action, author, target_id, kept_out }) =>
      kept_out === null &&
      (closed === 'banned'
        ? action === 'ban' && author?.account_id === accountId
        : closed === 'locked' && action === 'lock' && target_id === postId),
  )
