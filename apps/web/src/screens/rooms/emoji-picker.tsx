import { Popover } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { type ReactElement, useState } from 'react'
import { EMOJI } from './emoji.ts'

/** A small board of emoji at its button. */
export function EmojiPicker({ trigger, onPick }: { trigger: ReactElement; onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false)
  const pick = (emoji: string) => {
    setOpen(false)
    onPick(emoji)
  }
  return (
    <Popover trigger={trigger} label={t.emoji()} open={open} onOpenChange={setOpen} className="emoji-board">
      {EMOJI.map((emoji) => (
        <button key={emoji} type="button" aria-label={emoji} onClick={() => pick(emoji)}>
          {emoji}
        </button>
      ))}
    </Popover>
  )
}
