import { Button } from '@stoa/ui'
import { shell } from '@stoa/ui/messages/shell'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Person } from '../../../data/rooms.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { NO_DRAFT } from '../../rooms/composer/drafts.ts'
import { MentionList } from '../../rooms/composer/mention-list.tsx'
import { EVERYONE, withLinks, withoutLinks } from '../../rooms/composer/mentions.ts'
import { useMentionBox } from '../../rooms/composer/use-mention-box.ts'

interface CommentBoxProps {
  readonly label: string
  readonly send: string
  readonly people: readonly Person[]
  /** What it begins with. */
  readonly start?: string
  readonly onSend: (body: string) => Promise<unknown>
  readonly onEnd: () => void
}

/** Where one writes a comment: Markdown, names after an @. What was typed stays until the server has taken it. */
export function CommentBox({ label, send, people, start = '', onSend, onEnd }: CommentBoxProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState(() => ({ ...NO_DRAFT, ...withoutLinks(start) }))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }))
  const box = useMentionBox({ field, draft, people, change })
  const items = box.items.filter(({ target }) => target !== EVERYONE)
  useEffect(() => {
    const { current } = field
    current?.focus({ preventScroll: true })
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  const save = async () => {
    const body = withLinks(draft.text.trim(), draft.named)
    if (body === '' || busy) return
    setBusy(true)
    try {
      await onSend(body)
      onEnd()
    } catch (error) {
      setProblem(problemText(error))
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || (items.length > 0 && box.onKey(event))) return
    if (event.key === 'Escape') onEnd()
    else if (event.key === 'Enter' && !event.shiftKey) void save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="comment-box">
      {items.length > 0 && <MentionList id={box.id} items={items} chosen={box.at} onPick={box.pick} />}
      <textarea
        ref={field}
        className="input area"
        rows={Math.min(8, draft.text.split('\n').length + 1)}
        maxLength={8_000}
        value={draft.text}
        aria-label={label}
        placeholder={label}
        onChange={({ target }) => {
          change({ text: target.value })
          box.moved(target.selectionStart)
        }}
        onSelect={({ currentTarget }) => box.moved(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {problem && (
        <p className="hint bad" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <span className="grow" />
        <Button size="sm" variant="ghost" onClick={onEnd}>
          {shell.cancel()}
        </Button>
        <Button size="sm" busy={busy} onClick={() => void save()}>
          {send}
        </Button>
      </div>
    </div>
  )
}
