import { entries, type MenuEntry } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { ShieldMinus, ShieldPlus, UserCheck, UserX } from 'lucide-react'
import type { BoardAuthor, BoardDetail } from '../../../data/boards.ts'
import { moderate } from '../moderate.ts'
import { nameOf } from '../names.ts'

/** What the reader may do about an author: give a role or take it, ban or allow again. Nobody deals with the owner. */
export function authorEntries(board: BoardDetail, author: BoardAuthor, askBan: () => void): MenuEntry[] {
  const { can, owner } = board
  const has = (group: readonly BoardAuthor[]) => group.some(({ author_id }) => author_id === author.author_id)
  if (owner?.author_id === author.author_id) return []
  const { author_id } = author
  const name = nameOf(author)
  const isModerator = has(board.moderators)
  const act = (action: 'grant' | 'revoke', role: 'moderator' | 'author') => () =>
    void moderate(board.id, { action, author_id, role })
  const unban = () => void moderate(board.id, { action: 'unban', author_id })
  return entries(
    can.own &&
      (isModerator
        ? { label: t.dropModerator({ name }), icon: ShieldMinus, onSelect: act('revoke', 'moderator') }
        : { label: t.makeModerator({ name }), icon: ShieldPlus, onSelect: act('grant', 'moderator') }),
    can.moderate &&
      board.access === 'granted' &&
      !has(board.authors) && {
        label: t.allowAuthor({ name }),
        icon: UserCheck,
        onSelect: act('grant', 'author'),
      },
    // Moderators do not ban each other: that is the owner's.
    (can.own || (can.moderate && !isModerator)) &&
      (has(board.banned)
        ? { label: t.allowAgain({ name }), icon: UserCheck, onSelect: unban }
        : { label: t.ban({ name }), icon: UserX, tone: 'bad' as const, onSelect: askBan }),
  )
}
