import { Button, Textarea } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { type FormEvent, useState } from 'react'
import type { LocalNote } from '../../../offline/types.ts'
import { useMarkActs } from '../marks/use-mark-acts.ts'
import { useReader } from '../reader-store.ts'

/** Writes a note on the page one sees, or changes one. */
export function PageNoteForm({ row, onDone }: { row?: LocalNote; onDone?: () => void }) {
  const { store, place } = useReader()
  const acts = useMarkActs()
  const [body, setBody] = useState(row?.body ?? '')
  const close = () => {
    store.setState({ writingPageNote: false })
    onDone?.()
  }
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    const words = body.trim()
    if (words === '') return
    if (row) await place.annotations.changeNote(row.id, { body: words })
    else await acts.notePage(words)
    close()
  }
  return (
    <form className="page-note" onSubmit={(event) => void save(event)}>
      <Textarea
        aria-label={t.pageNote()}
        placeholder={t.notePlaceholder()}
        value={body}
        autoFocus
        maxLength={20_000}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
        }}
      />
      <div className="row end">
        <Button size="sm" variant="ghost" onClick={close}>
          {t.cancel()}
        </Button>
        <Button size="sm" type="submit" disabled={body.trim() === ''}>
          {t.save()}
        </Button>
      </div>
    </form>
  )
}
