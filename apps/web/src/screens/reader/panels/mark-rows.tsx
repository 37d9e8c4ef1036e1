import { IconButton } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { rooms } from '@stoa/ui/messages/rooms'
import { MessageSquareQuote, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Markdown } from '../../../markdown/markdown.tsx'
import type { LocalHighlight, LocalNote } from '../../../offline/types.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { SendToRoom } from '../../rooms/send-to-room.tsx'
import { citationOfHighlight } from '../marks/citation-of.ts'
import { MarkForm } from '../marks/mark-form.tsx'
import { useMarkActs } from '../marks/use-mark-acts.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader } from '../reader-store.ts'
import { PageNoteForm } from './page-note-form.tsx'
import { useJump } from './use-jump.ts'

/** A highlight with its note: pressing it goes there. */
export function HighlightRow({ row }: { row: LocalHighlight }) {
  const { book } = useReader()
  const jump = useJump()
  const acts = useMarkActs()
  const [editing, setEditing] = useState(false)
  const [sending, setSending] = useState(false)
  const { store } = useReader()
  const lost = row.anchor_status === 'lost'
  return (
    <article className={`mark-row c-${row.color}`}>
      <button
        type="button"
        className="passage"
        disabled={lost}
        title={lost ? undefined : t.show()}
        onClick={() => jump(fromWire(row.locator), true)}
      >
        <span className="clip3 read" lang={book.language ?? undefined}>
          {row.quote.exact}
        </span>
      </button>
      {editing ? (
        <MarkForm row={row} writing onDone={() => setEditing(false)} />
      ) : (
        row.note && <Markdown text={row.note} className="mark-note" language={scriptLanguage(row.note)} />
      )}
      <SendToRoom
        what={sending ? { kind: 'cite', ...citationOfHighlight(row) } : undefined}
        onClose={() => setSending(false)}
        onSent={({ id }) => store.setState({ panel: 'room', room: id })}
      />
      <Foot row={row} chapter={row.chapter}>
        <IconButton
          icon={MessageSquareQuote}
          size="sm"
          label={rooms.sendToRoom()}
          onClick={() => setSending(true)}
        />
        {row.mine && (
          <>
            <IconButton
              icon={Pencil}
              size="sm"
              label={t.edit()}
              on={editing}
              onClick={() => setEditing(!editing)}
            />
            <IconButton
              icon={Trash2}
              size="sm"
              label={t.remove()}
              onClick={() => void acts.removeHighlight(row)}
            />
          </>
        )}
      </Foot>
    </article>
  )
}

/** A note that belongs to a page or the whole book. */
export function NoteRow({ row }: { row: LocalNote }) {
  const jump = useJump()
  const acts = useMarkActs()
  const [editing, setEditing] = useState(false)
  const { locator } = row
  return (
    <article className="mark-row">
      {editing ? (
        <PageNoteForm row={row} onDone={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          className="passage"
          disabled={!locator}
          onClick={() => locator && jump(fromWire(locator))}
        >
          {row.title && <b>{row.title}</b>}
          <span className="mark-note">{row.body}</span>
        </button>
      )}
      <Foot row={row} chapter={t.pageNote()}>
        {row.mine && (
          <>
            <IconButton
              icon={Pencil}
              size="sm"
              label={t.edit()}
              on={editing}
              onClick={() => setEditing(!editing)}
            />
            <IconButton
              icon={Trash2}
              size="sm"
              label={t.remove()}
              onClick={() => void acts.removeNote(row)}
            />
          </>
        )}
      </Foot>
    </article>
  )
}

interface FootProps {
  readonly row: LocalHighlight | LocalNote
  readonly chapter: string | null
  readonly children: React.ReactNode
}

function Foot({ row, chapter, children }: FootProps) {
  const share = row.locator?.fraction
  const moved = 'anchor_status' in row && ['repaired', 'approximate'].includes(row.anchor_status)
  const said = [
    chapter,
    share !== undefined && formatPercent(share),
    !row.mine && t.by({ name: row.author.display_name }),
    moved && t.moved(),
    row.pending && t.waits(),
    ...row.tags.map((tag) => `#${tag}`),
  ].filter(Boolean)
  return (
    <footer className="row">
      <span className="muted grow clip">{said.join(' · ')}</span>
      <span className="acts">{children}</span>
    </footer>
  )
}
