import { Button, Field, InkBar, Input, Switch, Textarea } from '@stoa/ui'
import { notes as t } from '@stoa/ui/messages/notes'
import { useState } from 'react'
import { changeOf, draftOf } from './mark-change.ts'
import type { Mark } from './marks.ts'
import type { MarkChange } from './use-mark-acts.ts'

const LONGEST = { highlight: 20_000, note: 50_000 } as const

export interface MarkFormProps {
  readonly mark: Mark
  readonly onSave: (change: MarkChange | undefined) => void
  readonly onCancel: () => void
}

/** A mark being changed, in its place in the list. ⌘↵ saves, Escape leaves it as it was. */
export function MarkForm({ mark, onSave, onCancel }: MarkFormProps) {
  const [draft, setDraft] = useState(() => draftOf(mark))
  const isNote = mark.kind === 'note'
  const blank = isNote && draft.text.trim() === ''
  const save = () => !blank && onSave(changeOf(mark, draft))
  return (
    <form
      className="markform"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') onCancel()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
      }}
    >
      {isNote ? (
        <Field label={t.titleField()} hint={t.titleHint()}>
          <Input
            value={draft.title}
            maxLength={300}
            onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          />
        </Field>
      ) : (
        <InkBar value={draft.ink} onPick={(ink) => setDraft({ ...draft, ink })} />
      )}
      <Field
        label={isNote ? t.body() : t.note()}
        hideLabel={!isNote}
        error={blank ? t.bodyNeeded() : undefined}
      >
        <Textarea
          autoFocus
          rows={isNote ? 6 : 3}
          value={draft.text}
          maxLength={LONGEST[mark.kind]}
          placeholder={isNote ? undefined : t.addNote()}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        />
      </Field>
      <Field label={t.tags()} hint={t.tagsHint()}>
        <Input value={draft.tags} onChange={(event) => setDraft({ ...draft, tags: event.target.value })} />
      </Field>
      <Switch
        label={t.visibility()}
        checked={draft.shared}
        onChange={(shared) => setDraft({ ...draft, shared })}
      />
      <div className="row">
        <Button type="submit" variant="ink" disabled={blank}>
          {t.save()}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {t.cancel()}
        </Button>
      </div>
    </form>
  )
}
