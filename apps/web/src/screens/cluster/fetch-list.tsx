import { Button, Icon, Pulse, Segmented } from '@stoa/ui'
import { formatBytes, formatMoment } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, History, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { contentFetchesQuery } from '../../data/cluster.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { agoText, spanText } from './amounts.ts'
import { FetchRetry } from './fetch-retry.tsx'
import { outcomeText, subjectOf } from './fetch-words.ts'
import { type FetchFilter, type FetchLine, type FetchStanding, fetchLines, filterFetches } from './fetches.ts'
import type { NameOf } from './names.ts'
import { RowGhosts } from './row-ghosts.tsx'

const FIRST = 12

/** What was fetched from whom, and why something did not come: one line for each content. */
export function FetchList({ nameOf, now }: { nameOf: NameOf; now: number }) {
  const { data, error, refetch } = useQuery(contentFetchesQuery)
  const [filter, setFilter] = useState<FetchFilter>('all')
  const [shown, setShown] = useState(FIRST)
  const all = fetchLines(data?.items ?? [])
  const failed = filterFetches(all, 'failed').length
  const lines = filterFetches(all, filter)
  return (
    <section aria-labelledby="cluster-fetches">
      <div className="h">
        <h2 id="cluster-fetches">{t.fetches()}</h2>
        <span className="grow" />
        {all.length > 0 && (
          <Segmented
            label={t.showFetches()}
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: t.showAll() },
              { value: 'failed', label: t.showFailed({ count: failed }) },
            ]}
          />
        )}
      </div>
      {!data && error ? (
        <LoadError error={error} retry={refetch} />
      ) : !data ? (
        <RowGhosts />
      ) : lines.length === 0 ? (
        <p className="muted none">{filter === 'failed' ? t.noFailed() : t.noFetches()}</p>
      ) : (
        <ul className="lines">
          {lines.slice(0, shown).map((line) => (
            <FetchRow key={line.cid} of={line} nameOf={nameOf} now={now} />
          ))}
        </ul>
      )}
      {lines.length > shown && (
        <Button variant="ghost" size="sm" className="show-more" onClick={() => setShown(shown + 50)}>
          {t.showMore({ count: Math.min(50, lines.length - shown) })}
        </Button>
      )}
    </section>
  )
}

function FetchRow({ of, nameOf, now }: { of: FetchLine; nameOf: NameOf; now: number }) {
  const { last, standing } = of
  const at = Date.parse(last.started_at)
  const subject = subjectOf(last)
  return (
    <li data-standing={standing}>
      <StandingIcon of={standing} />
      <div className="what">
        <Subject of={last.use} text={subject} />
        <div className="hint">{outcomeText(of, nameOf, now)}</div>
      </div>
      <div className="meta num muted">
        <time title={formatMoment(at)}>{agoText(at, now)}</time>
        {last.seconds !== null && standing === 'here' && <span>{spanText(last.seconds)}</span>}
        {last.bytes > 0 && <span>{formatBytes(last.bytes)}</span>}
      </div>
      {of.retriable && <FetchRetry cid={of.cid} subject={subject} />}
    </li>
  )
}

function Subject({ of, text }: { of: FetchLine['last']['use']; text: string }) {
  if (of === null) return <span className="clip2">{text}</span>
  return (
    <Link
      className="clip2"
      to="/boards/$boardId/posts/$postId"
      params={{ boardId: of.board_id, postId: of.post_id }}
    >
      {text}
    </Link>
  )
}

function StandingIcon({ of }: { of: FetchStanding }) {
  if (of === 'running') return <Pulse />
  if (of === 'failed') return <Icon of={TriangleAlert} size="s" className="bad" />
  return <Icon of={of === 'here' ? Check : History} size="s" />
}
