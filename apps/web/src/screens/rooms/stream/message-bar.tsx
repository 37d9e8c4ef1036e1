import { entries, IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import {
  Copy,
  Ellipsis,
  Link2,
  MessageSquareQuote,
  Pencil,
  Quote,
  Reply,
  SmilePlus,
  Trash2,
} from 'lucide-react'
import type { Message } from '../../../data/rooms.ts'
import { EmojiPicker } from '../emoji-picker.tsx'
import type { RowActs } from './row-acts.ts'

interface MessageBarProps {
  readonly message: Message
  readonly acts: RowActs
}

/** What one can do with a message: floats over its corner, or stands in one menu on a phone. */
export function MessageBar({ message, acts }: MessageBarProps) {
  return (
    <div className="acts" role="toolbar" aria-label={t.more()}>
      {acts.canPost && (
        <>
          <span className="no-m">
            <EmojiPicker
              trigger={<IconButton icon={SmilePlus} size="sm" label={t.react()} />}
              onPick={(emoji) => acts.react(message, emoji, true)}
            />
          </span>
          {acts.reply && (
            <IconButton
              icon={Reply}
              size="sm"
              className="no-m"
              label={t.replyInThread()}
              shortcut="r"
              onClick={() => acts.reply?.(message)}
            />
          )}
          <IconButton
            icon={Quote}
            size="sm"
            className="no-m"
            label={t.quote()}
            onClick={() => acts.quote(message)}
          />
        </>
      )}
      <Menu
        trigger={<IconButton icon={Ellipsis} size="sm" label={t.more()} />}
        items={menuOf(message, acts)}
      />
    </div>
  )
}

/** Everything that can be done with a message, for the menu of the bar and under the right button. */
export function menuOf(message: Message, acts: RowActs): MenuEntry[] {
  const { reply, edit } = acts
  return entries(
    acts.canPost && {
      label: t.react(),
      icon: SmilePlus,
      items: ['❤️', '👍', '😂', '🤔', '🎉', '👀'].map((emoji) => ({
        label: emoji,
        onSelect: () => acts.react(message, emoji, true),
      })),
    },
    acts.canPost &&
      reply && { label: t.replyInThread(), icon: Reply, shortcut: 'r', onSelect: () => reply(message) },
    acts.canPost && { label: t.quote(), icon: Quote, onSelect: () => acts.quote(message) },
    { label: t.quoteElsewhere(), icon: MessageSquareQuote, onSelect: () => acts.quoteElsewhere(message) },
    'separator',
    { label: t.copyText(), icon: Copy, onSelect: () => acts.copyText(message) },
    { label: t.copyLink(), icon: Link2, onSelect: () => acts.copyLink(message) },
    acts.isOwn(message) && 'separator',
    acts.isOwn(message) &&
      acts.canPost && { label: t.edit(), icon: Pencil, shortcut: 'e', onSelect: () => edit(message) },
    acts.mayRemove(message) && {
      label: t.remove(),
      icon: Trash2,
      tone: 'bad',
      onSelect: () => acts.remove(message),
    },
  )
}
