import { EmptyState } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { MessageSquare } from 'lucide-react'
import { LoadError } from '../../../frame/load-error.tsx'
import { CommentBox } from './comment-box.tsx'
import { ThreadCard } from './thread-card.tsx'
import type { Commenting } from './use-commenting.ts'

/** Comments one under the other, each with its words: where there is no room beside the text. */
export function ThreadList({ commenting }: { commenting: Commenting }) {
  const { acts, shown, card, drafting, send, cancel, people, active } = commenting
  return (
    <div className="thread-list">
      {drafting && (
        <div className="card cm on">
          {drafting.anchor && <blockquote className="clip2">{drafting.anchor.quote.exact}</blockquote>}
          <CommentBox
            label={t.writeComment()}
            send={t.comment()}
            people={people}
            onSend={send}
            onEnd={cancel}
          />
        </div>
      )}
      {acts.query.isError && <LoadError error={acts.query.error} retry={acts.query.refetch} />}
      {shown.map((thread) => (
        <ThreadCard key={thread.id} {...card(thread)} withQuote active={active === thread.id} />
      ))}
      {acts.query.isSuccess && shown.length === 0 && !drafting && (
        <EmptyState icon={MessageSquare} title={t.noComments()}>
          {t.noCommentsText()}
        </EmptyState>
      )}
    </div>
  )
}
