import { Button, Field, Input } from '@stoa/ui'
import { auth } from '@stoa/ui/messages/auth'
import { settings as t } from '@stoa/ui/messages/settings'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApiError } from '../../data/problem.ts'
import { problemText } from '../../frame/problem-text.ts'

export interface EditableTextProps {
  label: string
  value: string
  /** Stores the text; the row shows its failure and keeps what was typed. */
  save: (text: string) => Promise<unknown>
  /** After a version conflict: what is stored now. */
  stored?: (error: ApiError) => string | undefined
  readOnly?: boolean
}

/** A text that is stored by its own button, which shows once something changed. */
export function EditableText({ label, value, save, stored, readOnly }: EditableTextProps) {
  const [draft, setDraft] = useState<string>()
  const text = draft ?? value
  const saving = useMutation({ mutationFn: save, onSuccess: () => setDraft(undefined) })
  const dirty = draft !== undefined && draft.trim() !== value
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (dirty && text.trim() !== '') saving.mutate(text.trim())
  }
  const error =
    dirty && text.trim() === ''
      ? auth.nameMissing()
      : saving.isError
        ? failureText(saving.error, stored)
        : undefined
  return (
    <form className="editable" onSubmit={submit}>
      <Field label={label} hideLabel error={error}>
        <Input
          value={text}
          readOnly={readOnly ?? false}
          maxLength={120}
          onChange={(event) => {
            setDraft(event.target.value)
            saving.reset()
          }}
          onKeyDown={(event) => event.key === 'Escape' && setDraft(undefined)}
        />
      </Field>
      {dirty && (
        <div className="row">
          <Button size="sm" variant="ghost" onClick={() => setDraft(undefined)}>
            {shell.cancel()}
          </Button>
          <Button size="sm" variant="ink" type="submit" busy={saving.isPending}>
            {shell.save()}
          </Button>
        </div>
      )}
    </form>
  )
}

function failureText(error: unknown, stored: EditableTextProps['stored']): string {
  const theirs = error instanceof ApiError && error.status === 409 ? stored?.(error) : undefined
  return theirs === undefined ? problemText(error) : `${t.changedTitle()} ${t.changedText({ theirs })}`
}
