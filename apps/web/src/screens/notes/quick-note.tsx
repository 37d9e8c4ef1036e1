import { Button, Input, Textarea } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { useState } from 'react'
import { readTags } from './marks.ts'

/** What is typed survives leaving the screen. */
const DRAFT = 'stoa.notes.draft'

/** A note without a book. ⌘↵ keeps it, Escape folds the form away with what is typed. */
export function QuickNote({
  onWrite,
  onClose,
}: {
  onWrite: (body: string, tags: string[]) => Promise<void>
  onClose: () => void
}) {
  const [body, setBody] = useState(() => localStorage.getItem(DRAFT) ?? '')
  const [tags, setTags] = useState('')
  const write = async () => {
    if (body.trim() === '') return
    await onWrite(body.trim(), readTags(tags))
    localStorage.removeItem(DRAFT)
    onClose()
  }
  return (
    <form
      className="quicknote"
      onSubmit={(event) => {
        event.preventDefault()
        void write()
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void write()
      }}
    >
      <Textarea
        autoFocus
        rows={4}
        aria-label={t.newNote()}
        placeholder={t.notePlaceholder()}
        maxLength={50_000}
        value={body}
        onChange={(event) => {
          setBody(event.target.value)
          localStorage.setItem(DRAFT, event.target.value)
        }}
      />
      <div className="row">
        <Input
          look="quiet"
          aria-label={t.tags()}
          placeholder={`${t.tags()} · ${t.tagsHint()}`}
          value={tags}
          onChange={(event) => setTags(event.target.value)}
        />
        <Button variant="ghost" onClick={onClose}>
          {t.cancel()}
        </Button>
        <Button type="submit" variant="ink" disabled={body.trim() === ''}>
          {t.write()}
        </Button>
      </div>
    </form>
  )
}
