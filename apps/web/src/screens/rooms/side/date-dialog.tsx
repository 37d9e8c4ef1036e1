import { Button, Dialog, Field, Input } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { shell } from '@stoa/ui/messages/shell'
import { type FormEvent, useState } from 'react'
import { problemText } from '../../../frame/problem-text.ts'

interface DateDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Goes to the first message at or after a time (RFC 3339); false when there is none. */
  readonly go: (date: string) => Promise<boolean>
}

/** Asks for a day to go to. */
export function DateDialog({ open, onClose, go }: DateDialogProps) {
  const [day, setDay] = useState('')
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // Midnight by this device's clock.
    const start = new Date(`${day}T00:00:00`)
    if (Number.isNaN(start.getTime())) return
    try {
      const found = await go(start.toISOString())
      setProblem(found ? undefined : t.noSuchDate())
      if (found) onClose()
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  return (
    <Dialog open={open} onOpenChange={onClose} title={t.jumpToDate()} width={340}>
      <form className="contents" onSubmit={submit}>
        <Field label={t.date()} error={problem}>
          <Input type="date" value={day} onChange={({ target }) => setDay(target.value)} autoFocus />
        </Field>
        <div className="acts">
          <Button onClick={onClose}>{shell.cancel()}</Button>
          <Button type="submit" variant="ink" disabled={day === ''}>
            {t.go()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
