import { entries, IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useNavigate } from '@tanstack/react-router'
import {
  Ellipsis,
  Eye,
  EyeOff,
  HardDrive,
  HardDriveDownload,
  Link2,
  Lock,
  LockOpen,
  Pencil,
  Pin,
  PinOff,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import type { BoardDetail, PostDetail } from '../../../data/boards.ts'
import { type Moderation, moderate } from '../moderate.ts'
import { authorEntries } from './author-entries.ts'
import { copyLink } from './copy-link.ts'
import { ReasonDialog, TakeBackDialog } from './item-dialogs.tsx'
import { setKept } from './set-kept.ts'

type Asked = 'hide' | 'ban' | 'take back'

/** What one may do with a post. */
export function PostMenu({ board, post }: { board: BoardDetail; post: PostDetail }) {
  const [asked, setAsked] = useState<Asked>()
  const navigate = useNavigate()
  const close = () => setAsked(undefined)
  const edit = () =>
    void navigate({ to: '/boards/$boardId/write', params: { boardId: board.id }, search: { edit: post.id } })
  return (
    <>
      <Menu
        trigger={<IconButton icon={Ellipsis} label={t.more()} />}
        items={itemsOf(board, post, { ask: setAsked, edit })}
      />
      <ReasonDialog
        of={asked === 'hide' || asked === 'ban' ? asked : undefined}
        boardId={board.id}
        author={post.author}
        targetId={post.id}
        onClose={close}
      />
      <TakeBackDialog
        open={asked === 'take back'}
        boardId={board.id}
        itemId={post.id}
        title={t.takeBackPost()}
        onClose={close}
        onGone={() => void navigate({ to: '/boards/$boardId', params: { boardId: board.id } })}
      />
    </>
  )
}

interface Acts {
  readonly ask: (asked: Asked) => void
  readonly edit: () => void
}

function itemsOf(board: BoardDetail, post: PostDetail, { ask, edit }: Acts): MenuEntry[] {
  const { can } = post
  const act = (action: Moderation['action']) => () => void moderate(board.id, { action, target_id: post.id })
  const others = can.hide && !can.edit
  return entries(
    { label: t.copyLink(), icon: Link2, onSelect: () => copyLink(`/boards/${board.id}/posts/${post.id}`) },
    can.edit && { label: t.edit(), icon: Pencil, onSelect: edit },
    board.can.settings &&
      (board.replicated || post.kept) && {
        label: post.kept ? t.release() : t.keep(),
        icon: post.kept ? HardDrive : HardDriveDownload,
        onSelect: () => void setKept(post, !post.kept),
      },
    can.hide && 'separator',
    can.hide && {
      label: post.pinned ? t.unpin() : t.pin(),
      icon: post.pinned ? PinOff : Pin,
      onSelect: act(post.pinned ? 'unpin' : 'pin'),
    },
    can.hide && {
      label: post.locked ? t.unlock() : t.lock(),
      icon: post.locked ? LockOpen : Lock,
      onSelect: act(post.locked ? 'unlock' : 'lock'),
    },
    can.hide &&
      (post.hidden
        ? { label: t.restore(), icon: Eye, onSelect: act('restore') }
        : { label: t.hide(), icon: EyeOff, onSelect: () => ask('hide') }),
    ...(others ? authorEntries(board, post.author, () => ask('ban')) : []),
    can.delete && 'separator',
    can.delete && {
      label: t.takeBack(),
      icon: Trash2,
      tone: 'bad' as const,
      onSelect: () => ask('take back'),
    },
  )
}
