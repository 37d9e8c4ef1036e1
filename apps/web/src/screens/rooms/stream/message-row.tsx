import { Avatar, ContextMenu } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import clsx from 'clsx'
import { memo, type ReactNode } from 'react'
import type { Message, Person } from '../../../data/rooms.ts'
import { Markdown } from '../../../markdown/markdown.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { clockTime } from '../../../text/times.ts'
import { withoutLinks } from '../composer/mentions.ts'
import { Attachments } from './attachments.tsx'
import { CitedPassage } from './citation.tsx'
import { EditForm } from './edit-form.tsx'
import { MessageBar, menuOf } from './message-bar.tsx'
import { QuoteCard } from './quote-card.tsx'
import { Reactions } from './reactions.tsx'
import type { RowActs } from './row-acts.ts'

export interface MessageRowProps {
  readonly message: Message
  readonly continued: boolean
  readonly acts: RowActs
  /** The keyboard stands here. */
  readonly active?: boolean
  /** A link led here. */
  readonly flash?: boolean
  readonly editing?: boolean
  /** Under the words: who has read it. */
  readonly foot?: ReactNode
}

/** One message: who, when, the words and all that hangs on them. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, continued, acts, active, flash, editing, foot } = props
  const removed = message.deleted_at !== null
  const mentionsMe =
    message.mentions.some(({ account_id }) => account_id === acts.accountId) || message.mentions_everyone
  const row = (
    <article
      className={clsx(
        'msg',
        continued && 'cont1',
        active && 'active',
        flash && 'flash',
        mentionsMe && 'for-me',
      )}
      data-message={message.id}
      data-sequence={message.sequence}
      aria-label={`${message.author.display_name}, ${clockTime(Date.parse(message.created_at))}`}
    >
      <Avatar name={message.author.display_name} seed={message.author.account_id} />
      <div className="msg-in">
        {!continued && <Who author={message.author} at={message.created_at} own={acts.isOwn(message)} />}
        {removed ? (
          <div className="tx2 muted">{t.removedHere()}</div>
        ) : editing ? (
          <EditForm message={message} onSave={acts.saveEdit} onEnd={acts.endEdit} />
        ) : (
          <Body message={message} acts={acts} />
        )}
        {message.thread && acts.reply && <ThreadLink message={message} onOpen={acts.reply} />}
        {foot}
      </div>
      {!removed && !editing && <MessageBar message={message} acts={acts} />}
    </article>
  )
  if (removed || editing) return row
  return <ContextMenu items={menuOf(message, acts)}>{row}</ContextMenu>
})

export function Who({ author, at, own }: { author: Person; at: string | number; own: boolean }) {
  const when = new Date(at)
  return (
    <div className="who">
      <b>{own ? t.you() : author.display_name}</b>
      <time dateTime={when.toISOString()} title={formatMoment(when)}>
        {clockTime(when)}
      </time>
    </div>
  )
}

function Body({ message, acts }: { message: Message; acts: RowActs }) {
  const { body, quotes, citations, attachments, reactions, edited_at } = message
  return (
    <>
      {quotes.map((quote) => (
        <QuoteCard key={quote.id} of={quote} />
      ))}
      {body !== '' && <Words of={body} />}
      {edited_at !== null && (
        <span className="edited" title={formatMoment(new Date(edited_at))}>
          {t.edited()}
        </span>
      )}
      {citations.map((citation) => (
        <CitedPassage key={`${citation.book_id} ${citation.quote.exact}`} of={citation} />
      ))}
      {attachments.length > 0 && <Attachments of={attachments} />}
      {reactions.length > 0 && (
        <Reactions
          of={reactions}
          accountId={acts.accountId}
          onReact={(emoji, on) => acts.react(message, emoji, on)}
        />
      )}
    </>
  )
}

/** What was written, in the fonts and with the punctuation of its language. */
export const Words = ({ of: body }: { of: string }) => (
  <div lang={scriptLanguage(withoutLinks(body).text)}>
    <Markdown text={body} className="tx2" />
  </div>
)

function ThreadLink({ message, onOpen }: { message: Message; onOpen: (message: Message) => void }) {
  if (!message.thread || message.thread.reply_count === 0) return null
  const { reply_count, last_reply_at, people } = message.thread
  return (
    <button type="button" className="thr" onClick={() => onOpen(message)}>
      <span className="avs">
        {people.map(({ account_id, display_name }) => (
          <Avatar key={account_id} name={display_name} seed={account_id} size="xs" />
        ))}
      </span>
      <b>{t.replies({ count: reply_count })}</b>
      <span>{t.lastReply({ time: clockTime(Date.parse(last_reply_at)) })}</span>
    </button>
  )
}
