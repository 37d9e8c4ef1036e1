import { Button, IconButton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import { AtSign, Paperclip, Quote, Smile } from 'lucide-react'
import { useRef } from 'react'
import { EmojiPicker } from '../emoji-picker.tsx'

interface ToolsProps {
  readonly mayGo: boolean
  readonly send: () => void
  /** Undefined where there is no book to quote from. */
  readonly quote: (() => void) | undefined
  /** Puts text in at the caret. */
  readonly insert: (text: string) => void
  readonly attach: (files: readonly File[]) => void
}

/** Under the box: a passage, a file, a name, an emoji, and away with it. */
export function Tools({ mayGo, send, quote, insert, attach }: ToolsProps) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="tools">
      {quote && <IconButton icon={Quote} size="sm" label={t.quotePassage()} onClick={quote} />}
      <IconButton icon={Paperclip} size="sm" label={t.attach()} onClick={() => picker.current?.click()} />
      <IconButton icon={AtSign} size="sm" label={t.mention()} onClick={() => insert('@')} />
      <EmojiPicker trigger={<IconButton icon={Smile} size="sm" label={t.emoji()} />} onPick={insert} />
      <Button size="sm" className={clsx(!mayGo && 'is-off')} disabled={!mayGo} onClick={send}>
        {t.send()}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          attach([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </div>
  )
}
