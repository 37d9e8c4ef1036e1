import { Avatar, Button, entries, IconButton, Menu } from '@stoa/ui'
import { formatMoment, formatRelative } from '@stoa/ui/messages'
import { documents as t } from '@stoa/ui/messages/documents'
import clsx from 'clsx'
import { Check, Ellipsis, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { CommentThread, DocumentComment } from '../../../data/documents.ts'
import type { Person } from '../../../data/rooms.ts'
import { Markdown } from '../../../markdown/markdown.tsx'
import { scriptLanguage } from '../../../text/script-language.ts'
import { CommentBox } from './comment-box.tsx'
import type { Threads } from './use-threads.ts'

export interface ThreadCardProps {
  readonly thread: CommentThread
  readonly acts: Threads
  readonly accountId: string
  readonly people: readonly Person[]
  /** May comment. */
  readonly mayWrite: boolean
  readonly active: boolean
  /** The words are shown with it, because they are not beside it. */
  readonly withQuote?: boolean
  readonly onPick: () => void
}

/** What was said about some words: comments, oldest first, and where one answers or closes it. */
export function ThreadCard({ thread, acts, active, withQuote, onPick, ...rest }: ThreadCardProps) {
  const { accountId, people, mayWrite } = rest
  const [replying, setReplying] = useState(false)
  const resolved = thread.resolved_at !== null
  const quote = thread.anchor?.quote.exact
  const name = thread.comments[0]?.author?.display_name ?? t.somebodyGone()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; what is in it can be reached by keys
    <article
      className={clsx('card cm', active && 'on', resolved && 'resolved')}
      aria-label={t.commentBy({ name })}
      data-card={thread.id}
      onClick={onPick}
    >
      {withQuote && quote && (
        <blockquote className="clip2" lang={scriptLanguage(quote)}>
          {quote}
        </blockquote>
      )}
      {thread.comments.map((comment) => (
        <OneComment
          key={comment.id}
          {...{ comment, acts, people }}
          own={comment.author?.account_id === accountId}
        />
      ))}
      {thread.comment_count > thread.comments.length && (
        <p className="hint">{t.moreComments({ count: thread.comment_count - thread.comments.length })}</p>
      )}
      {replying ? (
        <CommentBox
          label={t.reply()}
          send={t.reply()}
          people={people}
          onSend={(body) => acts.reply(thread.id, body)}
          onEnd={() => setReplying(false)}
        />
      ) : (
        mayWrite && (
          <div className="row acts">
            <Button variant="ghost" size="sm" onClick={() => setReplying(true)}>
              {t.reply()}
            </Button>
            <Button
              variant="ghost"
              size="sm"
              icon={resolved ? RotateCcw : Check}
              onClick={() => void acts.setResolved(thread, !resolved)}
            >
              {resolved ? t.reopen() : t.resolve()}
            </Button>
          </div>
        )
      )}
    </article>
  )
}

interface OneCommentProps {
  readonly comment: DocumentComment
  readonly acts: Threads
  readonly people: readonly Person[]
  readonly own: boolean
}

function OneComment({ comment, acts, people, own }: OneCommentProps) {
  const [editing, setEditing] = useState(false)
  const { author, body, created_at, edited_at } = comment
  const name = author?.display_name ?? t.somebodyGone()
  const when = Date.parse(created_at)
  const items = entries(
    { label: t.edit(), onSelect: () => setEditing(true) },
    { label: t.remove(), tone: 'bad', onSelect: () => void acts.remove(comment) },
  )
  return (
    <div className="one-comment">
      <div className="who">
        <Avatar name={name} seed={author?.account_id ?? ''} size="s" />
        <b className="clip">{name}</b>
        <time dateTime={created_at} title={formatMoment(when)}>
          {formatRelative(when, Date.now())}
        </time>
        {edited_at && <span className="hint">{t.edited()}</span>}
        <span className="grow" />
        {own && !editing && (
          <Menu trigger={<IconButton icon={Ellipsis} size="sm" label={t.more()} />} items={items} />
        )}
      </div>
      {editing ? (
        <CommentBox
          label={t.edit()}
          send={t.save()}
          people={people}
          start={body}
          onSend={(next) => acts.edit(comment, next)}
          onEnd={() => setEditing(false)}
        />
      ) : (
        <Markdown text={body} language={scriptLanguage(body)} />
      )}
    </div>
  )
}
