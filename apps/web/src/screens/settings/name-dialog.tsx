import { Button, Dialog, Field, Input } from '@stoa/ui'
import { auth } from '@stoa/ui/messages/auth'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemText } from '../../frame/problem-text.ts'

export interface NameDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  label: string
  /** What the field starts with. */
  start?: string
  action: string
  /** Closes the dialog when it succeeds; its failure is shown and the text kept. */
  save: (name: string) => Promise<unknown>
}

/** Asks for one name. */
export function NameDialog({ open, onOpenChange, ...rest }: NameDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={rest.title} description={rest.description}>
      <NameForm {...rest} close={() => onOpenChange(false)} />
    </Dialog>
  )
}

type NameFormProps = Omit<NameDialogProps, 'open' | 'onOpenChange'> & { close: () => void }

function NameForm({ label, start = '', action, save, close }: NameFormProps) {
  const [name, setName] = useState(start)
  const [checked, setChecked] = useState(false)
  const saving = useMutation({ mutationFn: save, onSuccess: close })
  const missing = name.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!missing) saving.mutate(name.trim())
  }
  const error =
    checked && missing ? auth.nameMissing() : saving.isError ? problemText(saving.error) : undefined
  return (
    <form className="contents" onSubmit={submit}>
      <Field label={label} error={error}>
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={120}
          autoComplete="off"
          autoFocus
        />
      </Field>
      <div className="acts">
        <Button onClick={close}>{shell.cancel()}</Button>
        <Button type="submit" variant="ink" busy={saving.isPending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
