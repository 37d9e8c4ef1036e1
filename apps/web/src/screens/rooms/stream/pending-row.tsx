import type { PendingMessage } from '@stoa/sdk'
import { Avatar, Button, CitationCard, Icon } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { CircleAlert, Clock } from 'lucide-react'
import { bookQuery } from '../../../data/books.ts'
import { useIdentity } from '../../../data/use-session.ts'
import type { Talk } from '../talk/talk.ts'
import { useAway } from '../talk/use-talk.ts'
import { Who, Words } from './message-row.tsx'
import { refusalText } from './refusals.ts'

interface PendingRowProps {
  readonly pending: PendingMessage
  readonly continued: boolean
  readonly talk: Talk
  /** How many wait, said under the last of them; undefined above. */
  readonly waiting?: number | undefined
}

/** One's own words that the server has not confirmed yet. */
export function PendingRow({ pending, continued, talk, waiting }: PendingRowProps) {
  const { account } = useIdentity()
  const away = useAway()
  const failed = pending.state === 'failed'
  return (
    <article className={clsx('msg pending', continued && 'cont1')} data-pending={pending.id}>
      <Avatar name={account.display_name} seed={account.id} />
      <div className="msg-in">
        {!continued && (
          <Who
            author={{ account_id: account.id, display_name: account.display_name }}
            at={pending.created_at}
            own
          />
        )}
        {pending.body !== '' && <Words of={pending.body} />}
        {pending.citations?.map((citation) => (
          <PendingPassage key={citation.quote.exact} of={citation} />
        ))}
        {failed ? (
          <div className="rcpt bad" role="alert">
            <Icon of={CircleAlert} size="xs" />
            {t.notSent({ reason: refusalText(pending.problem) })}
            <Button size="sm" variant="ghost" onClick={() => void talk.resend(pending)}>
              {t.retry()}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => void talk.discard(pending.id)}>
              {t.discard()}
            </Button>
          </div>
        ) : (
          waiting !== undefined && (
            <div className="rcpt warn">
              <Icon of={Clock} size="xs" />
              {away ? t.waitingToSend({ count: waiting }) : t.sending()}
            </div>
          )
        )}
      </div>
    </article>
  )
}

function PendingPassage({ of }: { of: NonNullable<PendingMessage['citations']>[number] }) {
  const book = useQuery(bookQuery(of.book_id)).data
  return (
    <CitationCard
      title={book?.title ?? ''}
      quote={of.quote.exact}
      {...(of.chapter && { place: of.chapter })}
    />
  )
}
