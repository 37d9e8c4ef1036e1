import { Avatar, Button, EmptyState, Skeleton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { search } from '@stoa/ui/messages/search'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { AtSign } from 'lucide-react'
import { type Mention, mentionsQuery } from '../../../data/rooms.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { shortTime } from '../../../text/times.ts'
import { plainWords } from '../plain-words.ts'

/** Where one was mentioned, newest first; leads to the message. */
export function MentionsList() {
  const mentions = useInfiniteQuery(mentionsQuery)
  if (mentions.isError && !mentions.data) return <LoadError error={mentions.error} retry={mentions.refetch} />
  if (mentions.isPending) return <Skeleton height={80} />
  const items = mentions.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <EmptyState title={t.noMentions()} icon={AtSign}>
        {t.noMentionsText()}
      </EmptyState>
    )
  }
  return (
    <div className="overview">
      {items.map((mention) => (
        <Row key={mention.message.id} of={mention} />
      ))}
      {mentions.hasNextPage && (
        <Button variant="ghost" onClick={() => void mentions.fetchNextPage()}>
          {search.more()}
        </Button>
      )}
    </div>
  )
}

function Row({ of: { message, room_id, room_name, unread } }: { of: Mention }) {
  const { author, body, created_at, id, thread_root_id } = message
  return (
    <Link
      to="/rooms/$roomId"
      params={{ roomId: room_id }}
      search={{ message: thread_root_id ?? id, ...(thread_root_id && { thread: thread_root_id }) }}
      className={clsx('overview-row', unread && 'unread')}
    >
      <Avatar name={author.display_name} seed={author.account_id} />
      <span className="what">
        <span className="row">
          <b className="clip">{t.mentionIn({ author: author.display_name, room: room_name })}</b>
          <time>{shortTime(Date.parse(created_at), Date.now())}</time>
        </span>
        <span className="said clip2">{plainWords(body)}</span>
      </span>
    </Link>
  )
}
