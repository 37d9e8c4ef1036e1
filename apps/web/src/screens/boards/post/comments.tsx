import { Button, Icon } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type BoardDetail, commentsQuery, type PostDetail } from '../../../data/boards.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import type { Closed } from '../closed/closed.ts'
import { ClosedNote } from '../closed/closed-note.tsx'
import { useClosed } from '../closed/use-closed.ts'
import type { CommentActs } from './comment-acts.ts'
import { CommentForm } from './comment-form.tsx'
import { CommentItem } from './comment-item.tsx'
import { commentTree } from './comment-tree.ts'
import { useKeptWords } from './use-kept-words.ts'

interface CommentsProps {
  readonly board: BoardDetail
  readonly post: PostDetail
  readonly comment?: string
}

/** Comments of a post as a tree, and where one writes the next. */
export function Comments({ board, post, comment }: CommentsProps) {
  const comments = useInfiniteQuery(commentsQuery(board.id, post.id))
  const [answering, setAnswering] = useState<string>()
  const [editing, setEditing] = useState<string>()
  const tree = useMemo(
    () => commentTree(comments.data?.pages.flatMap((page) => page.items) ?? [], post.id),
    [comments.data, post.id],
  )
  const closed = useClosed(board, post)
  const acts: CommentActs = { board, post, answering, setAnswering, editing, setEditing, named: comment }
  return (
    <section className="ct" aria-label={t.comments({ count: post.comment_count })}>
      <div className="h">
        <h2>{post.comment_count === 0 ? t.noComments() : t.comments({ count: post.comment_count })}</h2>
        {post.comment_count > 1 && <span className="muted">{t.oldestFirst()}</span>}
        {post.locked && (
          <span className="row muted lock">
            <Icon of={Lock} size="xs" />
            {closed ? t.locked() : t.lockedToOthers()}
          </span>
        )}
      </div>
      {comments.isError && <LoadError error={comments.error} retry={comments.refetch} />}
      {tree.map((branch) => (
        <CommentItem key={branch.comment.id} branch={branch} acts={acts} depth={0} />
      ))}
      {comments.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          busy={comments.isFetchingNextPage}
          onClick={() => void comments.fetchNextPage()}
        >
          {t.moreComments()}
        </Button>
      )}
      {closed ? (
        <NoComment board={board} post={post} closed={closed} />
      ) : (
        <CommentForm board={board} post={post} label={t.writeComment()} />
      )}
    </section>
  )
}

function NoComment({ board, post, closed }: { board: BoardDetail; post: PostDetail; closed: Closed }) {
  const { text } = useKeptWords(`${board.id}.${post.id}`)
  return <ClosedNote board={board} closed={closed} postId={post.id} kept={text.trim() !== ''} />
}
