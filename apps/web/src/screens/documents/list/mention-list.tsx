import { Avatar, Button, EmptyState } from '@stoa/ui'
import { formatMoment, formatRelative } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { client } from '../../../data/api.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { titleOf } from '../title-of.ts'

const mentionsQuery = infiniteQueryOptions({
  queryKey: ['document-mentions'],
  queryFn: ({ pageParam }) =>
    client.call('listDocumentMentions', {
      query: { limit: 40, ...(pageParam !== '' && { cursor: pageParam }) },
    }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor ?? undefined,
})

/** Where one was mentioned in documents and comments; seen is read. */
export function MentionList() {
  const mentions = useInfiniteQuery(mentionsQuery)
  const items = mentions.data?.pages.flatMap((page) => page.items) ?? []
  const unread = items.some((one) => one.unread)
  useEffect(() => {
    // Not reached: the next look takes note.
    if (unread) void client.call('markDocumentMentionsRead', { body: {} }).catch(() => {})
  }, [unread])
  if (mentions.isError) return <LoadError error={mentions.error} retry={mentions.refetch} />
  if (mentions.isSuccess && items.length === 0)
    return <EmptyState title={t.noMentions()}>{t.noMentionsText()}</EmptyState>
  return (
    <div className="doc-list doc-rows">
      {items.map(({ document_id, document_title, thread_id, author, text, created_at, unread: isNew }) => {
        const name = author?.display_name ?? t.somebodyGone()
        const when = Date.parse(created_at)
        return (
          <div key={`${document_id}${created_at}`} className={isNew ? 'doc-row unread' : 'doc-row'}>
            <Avatar name={name} seed={author?.account_id ?? ''} size="s" />
            <Link
              to="/documents/$documentId"
              params={{ documentId: document_id }}
              search={thread_id ? { panel: 'comments', thread: thread_id } : {}}
              className="doc-link"
            >
              <span className="ti clip">
                <b>{t.mentionIn({ name, title: titleOf({ title: document_title }).text })}</b>
              </span>
              <span className="ex clip2">{text}</span>
              <time className="me" dateTime={created_at} title={formatMoment(when)}>
                {formatRelative(when, Date.now())}
              </time>
            </Link>
          </div>
        )
      })}
      {mentions.hasNextPage && (
        <Button variant="ghost" onClick={() => void mentions.fetchNextPage()}>
          {t.more()}
        </Button>
      )}
    </div>
  )
}
