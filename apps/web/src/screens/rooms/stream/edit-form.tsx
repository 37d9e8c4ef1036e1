import { Button } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../data/problem.ts'
import type { Message } from '../../../data/rooms.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { withLinks, withoutLinks } from '../composer/mentions.ts'

interface EditFormProps {
  readonly message: Message
  readonly onSave: (message: Message, body: string) => Promise<void>
  readonly onEnd: () => void
}

/** A message as its author changes it, in its place. What was typed stays until the server has taken it. */
export function EditForm({ message, onSave, onEnd }: EditFormProps) {
  const [start] = useState(() => withoutLinks(message.body))
  const [text, setText] = useState(start.text)
  const [problem, setProblem] = useState<string>()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  const save = async () => {
    const words = text.trim()
    if (words === start.text.trim() || (words === '' && message.body === '')) return onEnd()
    try {
      await onSave(message, withLinks(words, start.named))
      onEnd()
    } catch (error) {
      const conflict = error instanceof ApiError && error.code === 'version.conflict'
      setProblem(conflict ? t.changedMeanwhile() : problemText(error))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onEnd()
    else if (event.key === 'Enter' && !event.shiftKey) void save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="editing">
      <textarea
        ref={field}
        className="input area"
        aria-label={t.edit()}
        rows={Math.min(12, text.split('\n').length + 1)}
        value={text}
        maxLength={16_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="row">
        <span className={problem ? 'bad-text' : 'muted'} role={problem ? 'alert' : undefined}>
          {problem ?? t.editHint()}
        </span>
        <span className="grow" />
        <Button size="sm" variant="ghost" onClick={onEnd}>
          {t.cancel()}
        </Button>
        <Button size="sm" onClick={() => void save()}>
          {t.save()}
        </Button>
      </div>
    </div>
  )
}
