import { Button, IconButton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import { AtSign, Paperclip, Quote, Smile } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Person } from '../../../data/rooms.ts'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
import { EmojiPicker } from '../emoji-picker.tsx'
import type { Talk } from '../talk/talk.ts'
import { DraftParts } from './draft-parts.tsx'
import {
  changeDraft,
  citeInDraft,
  type Draft,
  type DraftCitation,
  drafts,
  isEmpty,
  messageOf,
  NO_DRAFT,
  readDraft,
} from './drafts.ts'
import { MentionList } from './mention-list.tsx'
import { useMentionBox } from './use-mention-box.ts'
import { useUploads } from './use-uploads.ts'

export interface ComposerProps {
  readonly talk: Talk
  readonly roomId: string
  readonly draftKey: string
  readonly placeholder: string
  readonly people: readonly Person[]
  /** A reply in this thread. */
  readonly rootId?: string
  /** The passage that is selected in the book beside, when words of it are dropped or asked for. */
  readonly passage?: (() => DraftCitation | undefined) | undefined
  /** Opens the notes to pick a passage from. */
  readonly onQuotePassage?: (() => void) | undefined
  /** Arrow up in an empty box. */
  readonly onEditLast?: () => void
}

const MOST_CHARACTERS = 16_000

/** Where one writes: Markdown, names after an @, files by paste, drop or button. What is written is kept with every stroke. */
export function Composer(props: ComposerProps) {
  const { talk, roomId, draftKey, placeholder, people, rootId, passage } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const phone = useMedia(PHONE)
  const [dropping, setDropping] = useState(false)
  const draft = useDraft(draftKey)
  const change = (next: Partial<Draft>) => changeDraft(draftKey, next)
  const files = useUploads(roomId, draft.attachments.length, (file) =>
    change({ attachments: [...readDraft(draftKey).attachments, file] }),
  )
  const box = useMentionBox({ field, draft, people, change })
  useGrowing(field, draft.text)
  const mayGo = !isEmpty(draft) && files.uploads.length === 0
  const send = () => {
    if (!mayGo) return
    const message = messageOf(draft, rootId)
    changeDraft(draftKey, NO_DRAFT)
    void talk.send(message)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || box.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !phone) {
      event.preventDefault()
      send()
    } else if (event.key === 'ArrowUp' && isEmpty(draft) && props.onEditLast) {
      event.preventDefault()
      props.onEditLast()
    } else if (event.key === 'Escape') field.current?.blur()
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    if (event.dataTransfer.files.length > 0) return files.add([...event.dataTransfer.files])
    const text = event.dataTransfer.getData('text/plain')
    const dropped = passage?.()
    if (dropped && sameWords(dropped.citation.quote.exact, text)) citeInDraft(draftKey, dropped)
    else if (text) box.insert(text)
  }
  const dragging = (on: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setDropping(on)
  }
  const quote = () => {
    const selected = passage?.()
    if (selected) citeInDraft(draftKey, selected)
    else props.onQuotePassage?.()
  }
  return (
    <section
      className={clsx('comp', dropping && 'dropping')}
      aria-label={placeholder}
      onDragOver={dragging(true)}
      onDragLeave={dragging(false)}
      onDrop={onDrop}
    >
      {box.items.length > 0 && (
        <MentionList id={box.id} items={box.items} chosen={box.at} onPick={box.pick} />
      )}
      <DraftParts draft={draft} uploads={files.uploads} onChange={change} onCancel={files.cancel} />
      <textarea
        ref={field}
        className="in"
        rows={1}
        maxLength={MOST_CHARACTERS}
        placeholder={dropping ? t.dropHere() : placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-expanded={box.items.length > 0}
        aria-controls={box.id}
        aria-autocomplete="list"
        aria-activedescendant={box.items.length > 0 ? `${box.id}-${box.at}` : undefined}
        value={draft.text}
        onChange={({ target }) => {
          change({ text: target.value })
          box.moved(target.selectionStart)
          talk.typing()
        }}
        onSelect={({ currentTarget }) => box.moved(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files]
          if (pasted.length === 0) return
          event.preventDefault()
          files.add(pasted)
        }}
      />
      <div className="tools">
        {(passage ?? props.onQuotePassage) && (
          <IconButton icon={Quote} size="sm" label={t.quotePassage()} onClick={quote} />
        )}
        <IconButton icon={Paperclip} size="sm" label={t.attach()} onClick={() => picker.current?.click()} />
        <IconButton icon={AtSign} size="sm" label={t.mention()} onClick={() => box.insert('@')} />
        <EmojiPicker
          trigger={<IconButton icon={Smile} size="sm" label={t.emoji()} />}
          onPick={(emoji) => box.insert(emoji)}
        />
        <Button size="sm" className={clsx(!mayGo && 'is-off')} disabled={!mayGo} onClick={send}>
          {t.send()}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ target }) => {
            files.add([...(target.files ?? [])])
            target.value = ''
          }}
        />
      </div>
    </section>
  )
}

function useDraft(key: string): Draft {
  const draft = useStore(drafts, ({ byKey }) => byKey[key])
  useEffect(() => void readDraft(key), [key])
  return draft ?? NO_DRAFT
}

/** As high as its words, up to a third of the window; then it scrolls. */
function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, innerHeight / 3)}px`
  }, [field, text])
}

const sameWords = (a: string, b: string): boolean => {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  return plain(b) !== '' && plain(a) === plain(b)
}
