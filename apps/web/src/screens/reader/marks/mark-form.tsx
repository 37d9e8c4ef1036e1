import { Button, IconButton, InkBar, Segmented, Textarea } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { Copy, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { HighlightFields, LocalHighlight } from '../../../offline/types.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader } from '../reader-store.ts'
import { TagField } from './tag-field.tsx'
import { useMarkActs } from './use-mark-acts.ts'

interface MarkFormProps {
  readonly row: LocalHighlight
  /** Begin in the note. */
  readonly writing: boolean
  readonly onDone: () => void
}

/** Everything about one highlight. Choices take effect at once; the note when one leaves it. */
export function MarkForm({ row, writing, onDone }: MarkFormProps) {
  if (!row.mine) return <TheirMark row={row} />
  return <OwnMark row={row} writing={writing} onDone={onDone} />
}

function OwnMark({ row, writing, onDone }: MarkFormProps) {
  const { place } = useReader()
  const acts = useMarkActs()
  const change = (changes: Partial<HighlightFields>) =>
    void place.annotations.changeHighlight(row.id, changes)
  const note = useNoteDraft(row, change)
  const done = () => {
    note.keep()
    onDone()
  }
  return (
    <div className="mark-form">
      <div className="row">
        <InkBar value={row.color} onPick={(color) => color !== row.color && change({ color })} />
        <span className="grow" />
        <CopyQuote row={row} />
        <IconButton icon={Trash2} label={t.remove()} onClick={() => void acts.removeHighlight(row)} />
      </div>
      <Textarea
        aria-label={t.note()}
        placeholder={t.notePlaceholder()}
        value={note.text}
        rows={3}
        maxLength={20_000}
        autoFocus={writing}
        onChange={(event) => note.type(event.target.value)}
        onBlur={note.keep}
        onKeyDown={(event) => {
          const send = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
          if (send || event.key === 'Escape') {
            event.preventDefault()
            done()
          }
        }}
      />
      <TagField tags={row.tags} onChange={(tags) => change({ tags })} />
      <div className="row">
        <Segmented
          label={t.visibility()}
          value={row.visibility}
          onChange={(visibility) => change({ visibility })}
          options={[
            { value: 'private', label: t.onlyMe() },
            { value: 'workspace', label: t.workspace() },
          ]}
        />
        <span className="grow" />
        <Button size="sm" onClick={done}>
          {t.done()}
        </Button>
      </div>
    </div>
  )
}

/** What is typed is kept when one leaves the field or the card goes, and not before: one write, not one a letter. */
function useNoteDraft(row: LocalHighlight, change: (changes: Partial<HighlightFields>) => void) {
  const [text, setText] = useState(row.note ?? '')
  const draft = useRef({ text, saved: row.note ?? '' })
  const keep = () => {
    const { text, saved } = draft.current
    if (text === saved) return
    draft.current.saved = text
    change({ note: text.trim() === '' ? null : text })
  }
  const latest = useRef(keep)
  latest.current = keep
  useEffect(() => () => latest.current(), [])
  const type = (next: string) => {
    draft.current.text = next
    setText(next)
  }
  return { text, type, keep }
}

function TheirMark({ row }: { row: LocalHighlight }) {
  return (
    <div className="mark-form">
      <div className="row">
        <span className={`dot c-${row.color}`} />
        <b>{t.by({ name: row.author.display_name })}</b>
        <span className="grow" />
        <CopyQuote row={row} />
      </div>
      {row.note && <p className="their-note">{row.note}</p>}
      {row.tags.length > 0 && <p className="muted">{row.tags.join(' · ')}</p>}
    </div>
  )
}

function CopyQuote({ row }: { row: LocalHighlight }) {
  const acts = useMarkActs()
  const rect = { left: 0, top: 0, width: 0, height: 0 }
  const passage = {
    text: row.quote.exact,
    quote: row.quote,
    locator: fromWire(row.locator),
    rect,
    language: '',
  }
  return <IconButton icon={Copy} label={t.quote()} onClick={() => void acts.quote(passage)} />
}
