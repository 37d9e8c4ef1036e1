import { Banner, Button, IconButton } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { shell } from '@stoa/ui/messages/shell'
import { RotateCw } from 'lucide-react'
import { POLL_MS } from '../../data/cluster.ts'
import { useSyncSummary } from '../../data/sync.ts'
import { problemText } from '../../frame/problem-text.ts'
import { agoText } from './amounts.ts'
import { useNow } from './use-now.ts'

interface FreshnessProps {
  /** When what is shown was true. Milliseconds since 1970. */
  readonly updatedAt: number
  readonly refetch: () => void
}

/** How old the page is, and a way to ask anew. */
export function Freshness({ updatedAt, refetch }: FreshnessProps) {
  const now = useNow()
  const old = now - updatedAt > 4 * POLL_MS
  const when = agoText(updatedAt, now)
  return (
    <>
      <span className="sub num no-m" title={formatMoment(updatedAt)}>
        {old ? t.stale({ when }) : t.updated({ when })}
      </span>
      <IconButton icon={RotateCw} label={t.refresh()} onClick={refetch} />
    </>
  )
}

interface StaleNoteProps extends FreshnessProps {
  readonly error: Error | null
}

/** Above what is shown, when nothing newer can be had: from when it is, and why. */
export function StaleNote({ updatedAt, error, refetch }: StaleNoteProps) {
  const now = useNow()
  const { online } = useSyncSummary()
  if (error === null && online) return null
  const reason = error === null ? shell.unreachable() : problemText(error)
  return (
    <Banner
      tone="warn"
      action={
        <Button size="sm" onClick={refetch}>
          {shell.retry()}
        </Button>
      }
    >
      {t.staleText({ when: agoText(updatedAt, now), reason })}
    </Banner>
  )
}
