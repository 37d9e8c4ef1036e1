import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Person } from '../../../data/rooms.ts'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
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
import { Tools } from './tools.tsx'
import { useMentionBox } from './use-mention-box.ts'
import { useUploads } from './use-uploads.ts'
import { WritingBox } from './writing-box.tsx'

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

/** Where one writes: Markdown, names after an @, files by paste, drop or button. What is written is kept with every stroke. */
export function Composer(props: ComposerProps) {
  const { talk, roomId, draftKey, placeholder, people, rootId, passage } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const phone = useMedia(PHONE)
  const draft = useDraft(draftKey)
  const change = (next: Partial<Draft>) => changeDraft(draftKey, next)
  const files = useUploads(roomId, draft.attachments.length, (file) =>
    change({ attachments: [...readDraft(draftKey).attachments, file] }),
  )
  const box = useMentionBox({ field, draft, people, change })
  const drop = useDrop((data) => {
    if (data.files.length > 0) return files.add([...data.files])
    const text = data.getData('text/plain')
    const dropped = passage?.()
    if (dropped && sameWords(dropped.citation.quote.exact, text)) citeInDraft(draftKey, dropped)
    else if (text) box.insert(text)
  })
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
  const quote = () => {
    const selected = passage?.()
    if (selected) citeInDraft(draftKey, selected)
    else props.onQuotePassage?.()
  }
  return (
    <section className={clsx('comp', drop.over && 'dropping')} aria-label={placeholder} {...drop.on}>
      {box.items.length > 0 && (
        <MentionList id={box.id} items={box.items} chosen={box.at} onPick={box.pick} />
      )}
      <DraftParts draft={draft} uploads={files.uploads} onChange={change} onCancel={files.cancel} />
      <WritingBox
        {...{ field, box, onKeyDown }}
        text={draft.text}
        label={placeholder}
        placeholder={drop.over ? t.dropHere() : placeholder}
        onText={(text) => {
          change({ text })
          talk.typing()
        }}
        onFiles={files.add}
      />
      <Tools
        {...{ mayGo, send }}
        quote={(passage ?? props.onQuotePassage) && quote}
        insert={box.insert}
        attach={files.add}
      />
    </section>
  )
}

function useDraft(key: string): Draft {
  const draft = useStore(drafts, ({ byKey }) => byKey[key])
  useEffect(() => void readDraft(key), [key])
  return draft ?? NO_DRAFT
}

/** Takes what is dragged here; `over` while something is held above. */
function useDrop(take: (data: DataTransfer) => void) {
  const [over, setOver] = useState(false)
  const hold = (held: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(held)
  }
  const onDrop = (event: DragEvent) => {
    hold(false)(event)
    take(event.dataTransfer)
  }
  return { over, on: { onDragOver: hold(true), onDragLeave: hold(false), onDrop } }
}

const sameWords = (a: string, b: string): boolean => {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
  return plain(b) !== '' && plain(a) === plain(b)
}
