import { Avatar, Button } from '@stoa/ui'
import { formatMoment } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import type { BoardComment } from '../../../data/boards.ts'
import { shortTime } from '../../../text/times.ts'
import { nameOf } from '../names.ts'
import { Body } from './body.tsx'
import type { CommentActs } from './comment-acts.ts'
import { CommentForm } from './comment-form.tsx'
import { CommentMenu } from './comment-menu.tsx'
import { type CommentBranch, DEEPEST } from './comment-tree.ts'
import { HiddenNote, isWithheld } from './hidden-note.tsx'

interface CommentItemProps {
  readonly branch: CommentBranch
  readonly acts: CommentActs
  readonly depth: number
}

/** One comment with its answers. */
export function CommentItem({ branch: { comment, answers }, acts, depth }: CommentItemProps) {
  const { answering, setAnswering } = acts
  const item = useFlash(acts.named === comment.id)
  return (
    <div ref={item} className={clsx('c', acts.named === comment.id && 'flash')}>
      <Who comment={comment} acts={acts} />
      <div className="bx">
        <Words comment={comment} acts={acts} />
        {acts.post.can.comment && !comment.deleted && (
          <Button size="sm" variant="ghost" className="reply" onClick={() => setAnswering(comment.id)}>
            {t.reply()}
          </Button>
        )}
        {answering === comment.id && (
          <CommentForm
            board={acts.board}
            post={acts.post}
            label={t.replyTo({ name: nameOf(comment.author) })}
            parent={comment.id}
            onEnd={() => setAnswering(undefined)}
          />
        )}
      </div>
      {answers.length > 0 && (
        <div className={depth < DEEPEST ? 'answers' : 'answers flat'}>
          {answers.map((branch) => (
            <CommentItem key={branch.comment.id} branch={branch} acts={acts} depth={depth + 1} />
          ))}
        </div>
      )}
    </div>
  )
}

function useFlash(named: boolean) {
  const item = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (named) item.current?.scrollIntoView({ block: 'center' })
  }, [named])
  return item
}

function Who({ comment, acts }: { comment: BoardComment; acts: CommentActs }) {
  const when = Date.parse(comment.created_at)
  return (
    <div className="hd">
      <Avatar name={nameOf(comment.author)} seed={comment.author.author_id} size="s" />
      <Link to="/authors/$authorId" params={{ authorId: comment.author.author_id }}>
        {nameOf(comment.author)}
      </Link>
      <time title={formatMoment(when)}>
        {shortTime(when, Date.now())}
        {comment.edited_at && ` · ${t.edited()}`}
      </time>
      <span className="grow" />
      <CommentMenu comment={comment} acts={acts} />
    </div>
  )
}

function Words({ comment, acts }: { comment: BoardComment; acts: CommentActs }) {
  if (comment.deleted) return <p className="muted">{t.deletedComment()}</p>
  if (acts.editing === comment.id)
    return (
      <CommentForm
        board={acts.board}
        post={acts.post}
        label={t.edit()}
        editing={comment}
        onEnd={() => acts.setEditing(undefined)}
      />
    )
  return (
    <>
      {comment.hidden && <HiddenNote of={comment.hidden} />}
      {!isWithheld(comment) && (
        <Body boardId={acts.board.id} itemId={comment.id} body={comment.body} images={comment.images} />
      )}
    </>
  )
}
