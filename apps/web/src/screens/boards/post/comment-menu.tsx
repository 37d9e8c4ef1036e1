import { entries, IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { Ellipsis, Eye, EyeOff, Link2, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BoardComment } from '../../../data/boards.ts'
import { moderate } from '../moderate.ts'
import { authorEntries } from './author-entries.ts'
import type { CommentActs } from './comment-acts.ts'
import { copyLink } from './copy-link.ts'
import { ReasonDialog, TakeBackDialog } from './item-dialogs.tsx'

type Asked = 'hide' | 'ban' | 'take back'

/** What one may do with a comment. */
export function CommentMenu({ comment, acts }: { comment: BoardComment; acts: CommentActs }) {
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  if (comment.deleted) return null
  return (
    <>
      <Menu
        trigger={<IconButton icon={Ellipsis} size="sm" label={t.more()} />}
        items={itemsOf(comment, acts, setAsked)}
      />
      <ReasonDialog
        of={asked === 'hide' || asked === 'ban' ? asked : undefined}
        boardId={acts.board.id}
        author={comment.author}
        targetId={comment.id}
        onClose={close}
      />
      <TakeBackDialog
        open={asked === 'take back'}
        boardId={acts.board.id}
        itemId={comment.id}
        title={t.takeBackComment()}
        onClose={close}
      />
    </>
  )
}

function itemsOf(
  comment: BoardComment,
  { board, post, setEditing }: CommentActs,
  ask: (asked: Asked) => void,
): MenuEntry[] {
  const { can } = comment
  const others = can.hide && !can.edit
  const restore = () => void moderate(board.id, { action: 'restore', target_id: comment.id })
  const link = `/boards/${board.id}/posts/${post.id}?comment=${comment.id}`
  return entries(
    { label: t.copyLink(), icon: Link2, onSelect: () => copyLink(link) },
    can.edit &&
      comment.body.state === 'present' && {
        label: t.edit(),
        icon: Pencil,
        onSelect: () => setEditing(comment.id),
      },
    can.hide &&
      (comment.hidden
        ? { label: t.restore(), icon: Eye, onSelect: restore }
        : { label: t.hide(), icon: EyeOff, onSelect: () => ask('hide') }),
    ...(others ? authorEntries(board, comment.author, () => ask('ban')) : []),
    can.delete && {
      label: t.takeBack(),
      icon: Trash2,
      tone: 'bad' as const,
      onSelect: () => ask('take back'),
    },
  )
}
