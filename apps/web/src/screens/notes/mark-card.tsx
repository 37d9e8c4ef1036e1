import { Button, entries, Icon, IconButton, Menu } from '@stoa/ui'
import { formatDay, formatMoment } from '@stoa/ui/messages'
import { notes as t } from '@stoa/ui/messages/notes'
import { rooms } from '@stoa/ui/messages/rooms'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Clock, Ellipsis, MessageSquareQuote, Pencil, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { Markdown } from '../../markdown/markdown.tsx'
import { scriptLanguage } from '../../text/script-language.ts'
import { citationOfHighlight } from '../reader/marks/citation-of.ts'
import { SendToRoom, type ToSend } from '../rooms/send-to-room.tsx'
import { type Mark, passageOf } from './marks.ts'

export interface MarkCardProps {
  readonly mark: Mark
  readonly active: boolean
  /** The book stands above already. */
  readonly underBook: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onTag: (tag: string) => void
}

/** One highlight or note: the words, the thought, where it stands. */
export function MarkCard({ mark, active, underBook, onEdit, onRemove, onTag }: MarkCardProps) {
  const { kind, row } = mark
  const [sending, setSending] = useState(false)
  const text = kind === 'highlight' ? row.note : row.body
  return (
    <article className={clsx('markcard', active && 'active')}>
      {row.quote && <Quote mark={mark} />}
      {kind === 'note' && row.title && <h3 lang={scriptLanguage(row.title)}>{row.title}</h3>}
      {text && <Markdown text={text} className="thought" language={scriptLanguage(text)} />}
      {kind === 'highlight' && row.anchor_status === 'lost' && <p className="muted">{t.lost()}</p>}
      <footer>
        <span className="facts grow">
          <Facts mark={mark} underBook={underBook} />
          {row.tags.map((tag) => (
            <button key={tag} type="button" className="tagref" onClick={() => onTag(tag)}>
              #{tag}
            </button>
          ))}
        </span>
        <Menu
          trigger={<IconButton icon={Ellipsis} size="sm" label={t.more()} />}
          items={entries(
            { label: rooms.sendToRoom(), icon: MessageSquareQuote, onSelect: () => setSending(true) },
            row.mine && { label: t.edit(), icon: Pencil, shortcut: 'e', onSelect: onEdit },
            row.mine && { label: t.remove(), icon: Trash2, tone: 'bad', onSelect: onRemove },
          )}
        />
      </footer>
      <SendToRoom what={sending ? sendable(mark) : undefined} onClose={() => setSending(false)} />
    </article>
  )
}

/** A highlight goes into a room as a passage, a note as what somebody wrote. */
function sendable({ kind, row }: Mark): ToSend {
  if (kind === 'highlight') return { kind: 'cite', ...citationOfHighlight(row) }
  return {
    kind: 'quote',
    quote: { kind: 'note', id: row.id },
    author: row.author.display_name,
    text: row.body,
  }
}

/** The words of the book with their ink at the side. */
export function QuotedWords({ mark: { kind, row }, className }: { mark: Mark; className?: string }) {
  const ink = kind === 'highlight' ? `c-${row.color}` : 'plain'
  return (
    <span className={clsx('quoted read', ink, className)} lang={scriptLanguage(row.quote?.exact ?? '')}>
      {row.quote?.exact}
    </span>
  )
}

function Quote({ mark }: { mark: Mark }) {
  const passage = passageOf(mark)
  const words = <QuotedWords mark={mark} />
  if (!passage) return words
  return (
    <Link
      to="/books/$bookId"
      params={{ bookId: passage.bookId }}
      search={passage.search}
      title={t.openPassage()}
    >
      {words}
    </Link>
  )
}

function Facts({ mark, underBook }: { mark: Mark; underBook: boolean }) {
  const { kind, row } = mark
  const passage = passageOf(mark)
  const made = new Date(row.created_at)
  const chapter = kind === 'highlight' ? row.chapter : null
  const place = [underBook ? null : row.book_title, chapter].filter(Boolean).join(' · ')
  return (
    <span className="facts">
      {passage && place !== '' ? (
        <Link to="/books/$bookId" params={{ bookId: passage.bookId }} search={passage.search}>
          {place}
        </Link>
      ) : (
        place !== '' && <span>{place}</span>
      )}
      {!row.mine && <span>{row.author.display_name}</span>}
      <time dateTime={row.created_at} title={formatMoment(made)}>
        {formatDay(made)}
      </time>
      {row.mine && row.visibility === 'workspace' && (
        <span title={t.workspace()}>
          <Icon of={Users} size="xs" />
          <span className="sr">{t.workspace()}</span>
        </span>
      )}
      {row.pending && (
        <span title={t.waiting()}>
          <Icon of={Clock} size="xs" />
          <span className="sr">{t.waiting()}</span>
        </span>
      )}
    </span>
  )
}

/** The name of a book above its marks. */
export function BookHead({
  bookId,
  title,
  count,
}: {
  bookId: string | null
  title: string | null
  count: number
}) {
  return (
    <div className="bookhead">
      <h2 className="clip">{title ?? t.noBook()}</h2>
      <span className="muted">{t.count({ count })}</span>
      {bookId !== null && (
        <Button asChild variant="ghost" size="sm">
          <Link to="/books/$bookId" params={{ bookId }}>
            {t.openBook()}
          </Link>
        </Button>
      )}
    </div>
  )
}
