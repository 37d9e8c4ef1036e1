import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../../../data/api.ts'
import type { Quote } from '../../../data/rooms.ts'
import { Markdown } from '../../../markdown/markdown.tsx'
import { addressOf } from '../../../passages/open-passage.ts'
import { withoutLinks } from '../composer/mentions.ts'

/** What somebody wrote elsewhere: a message, a note, a highlight. Leads to where it stands. */
export function QuoteCard({ of: quote }: { of: Quote }) {
  const hidden = quote.text === null && quote.kind === 'message' && quote.room_id !== null
  // Not for everybody in this room, but perhaps for the reader.
  const asked = useQuery({
    queryKey: ['message', quote.id],
    enabled: hidden,
    retry: false,
    queryFn: () =>
      client.call('getMessage', { path: { room_id: quote.room_id ?? '', message_id: quote.id } }),
  }).data
  const text = quote.text ?? (asked?.deleted_at === null ? asked.body : null)
  const author = quote.author ?? asked?.author
  return (
    <blockquote className="quoted-card">
      {text === null ? (
        <span className="muted">{t.quoteGone()}</span>
      ) : (
        <>
          <span className="src">
            {author && t.quotedFrom({ name: author.display_name })} <Source quote={quote} />
          </span>
          {quote.quote && quote.kind !== 'message' && (
            <span className={`read words ${quote.color ? `c-${quote.color}` : ''}`}>{quote.quote.exact}</span>
          )}
          {text !== '' && text !== quote.quote?.exact && (
            <Markdown text={withoutLinks(text).text} className="said" />
          )}
        </>
      )}
    </blockquote>
  )
}

function Source({ quote }: { quote: Quote }) {
  if (quote.kind === 'message' && quote.room_id !== null) {
    return (
      <Link to="/rooms/$roomId" params={{ roomId: quote.room_id }} search={{ message: quote.id }}>
        {t.showMessage()}
      </Link>
    )
  }
  if (quote.book_id === null) return null
  const { book_id, locator } = quote
  const words = quote.quote ?? { exact: '', prefix: '', suffix: '' }
  return (
    <Link
      to="/books/$bookId"
      params={{ bookId: book_id }}
      search={locator ? addressOf({ book_id, locator, quote: words }) : {}}
    >
      {quote.book_title}
    </Link>
  )
}
