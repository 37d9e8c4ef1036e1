import { toast } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { client } from '../../data/api.ts'
import { type ModerationAction, refreshBoards } from '../../data/boards.ts'
import { problemText } from '../../frame/problem-text.ts'

export interface Moderation {
  readonly action: ModerationAction
  readonly target_id?: string
  readonly author_id?: string
  readonly role?: 'moderator' | 'author'
  readonly reason?: string
}

/** Words for what the server refuses on boards. */
export const boardProblem = (error: unknown): string =>
  problemText(error, {
    'board.forbidden': t.forbidden,
    'board.banned': t.youAreBanned,
    'post.locked': t.lockedText,
    'media.unusable': t.imageUnusable,
    'media.unknown': t.imageGone,
  })

/** Issues a signed record, and shows the board as it is then. True when it was taken. */
export async function moderate(boardId: string, body: Moderation): Promise<boolean> {
  try {
    await client.call('moderateBoard', { path: { board_id: boardId }, body })
    await refreshBoards(boardId)
    return true
  } catch (error) {
    toast({ text: boardProblem(error), tone: 'bad' })
    return false
  }
}
