import { entries, type MenuEntry } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { ShieldPlus, UserCheck } from 'lucide-react'
import type { BoardAuthor, BoardDetail } from '../../../data/boards.ts'
import { moderate } from '../moderate.ts'
import { nameOf } from '../names.ts'

/** Roles that the reader may give to somebody who has none. */
export function roleEntries(board: BoardDetail, author: BoardAuthor): MenuEntry[] {
  const has = (group: readonly BoardAuthor[]) => group.some(({ author_id }) => author_id === author.author_id)
  const grant = (role: 'moderator' | 'author') => () =>
    void moderate(board.id, { action: 'grant', author_id: author.author_id, role })
  const name = nameOf(author)
  return entries(
    board.can.own &&
      !has(board.moderators) && {
        label: t.makeModerator({ name }),
        icon: ShieldPlus,
        onSelect: grant('moderator'),
      },
    board.can.moderate &&
      board.access === 'granted' &&
      !has(board.authors) && { label: t.allowAuthor({ name }), icon: UserCheck, onSelect: grant('author') },
  )
}
