import { Icon, IconButton, Menu, type MenuEntry } from '@stoa/ui'
import { formatMoment, formatNumber, formatRelative } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { Link } from '@tanstack/react-router'
import { Ellipsis, FileText, Lock, MessageSquare, Star } from 'lucide-react'
import type { DocumentSummary } from '../../../data/documents.ts'
import { scriptLanguage } from '../../../text/script-language.ts'
import { titleOf } from '../title-of.ts'

interface DocumentRowProps {
  readonly info: DocumentSummary
  readonly items: readonly MenuEntry[]
  readonly active: boolean
}

/** A document in a list: its title, how it begins, who edited it last. */
export function DocumentRow({ info, items, active }: DocumentRowProps) {
  const { excerpt, edited_by, edited_at, word_count, open_threads, visibility, starred } = info
  const title = titleOf(info)
  const when = Date.parse(edited_at)
  return (
    <div className={active ? 'doc-row active' : 'doc-row'}>
      <Icon of={visibility === 'private' ? Lock : FileText} />
      <Link to="/documents/$documentId" params={{ documentId: info.id }} className="doc-link">
        <span className="ti clip">
          <b lang={title.language}>{title.text}</b>
          {starred && <Icon of={Star} size="xs" />}
          {starred && <span className="sr">{t.keptClose()}</span>}
        </span>
        {excerpt !== '' && (
          <span className="ex clip" lang={scriptLanguage(excerpt)}>
            {excerpt}
          </span>
        )}
        <span className="me clip num">
          {[
            edited_by?.display_name,
            <time key="when" dateTime={edited_at} title={formatMoment(when)}>
              {formatRelative(when, Date.now())}
            </time>,
            t.words({ count: word_count }),
          ]
            .filter(Boolean)
            .flatMap((part, index) => (index === 0 ? [part] : [' · ', part]))}
          {open_threads > 0 && (
            <span className="threads">
              <Icon of={MessageSquare} size="xs" />
              <span aria-hidden="true">{formatNumber(open_threads)}</span>
              <span className="sr">{t.openThreads({ count: open_threads })}</span>
            </span>
          )}
        </span>
      </Link>
      <Menu
        trigger={<IconButton icon={Ellipsis} size="sm" label={t.moreOf({ title: title.text })} />}
        items={items}
      />
    </div>
  )
}
