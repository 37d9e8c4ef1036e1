import { EmptyState, Skeleton } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type BoardDetail, postQuery } from '../../data/boards.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { BoardFrame } from './board-frame.tsx'
import { useClosed } from './closed/use-closed.ts'
import { PostForm } from './write/post-form.tsx'

/** Where a post is written, or one's own changed. */
export function WriteScreen() {
  const { boardId } = useParams({ from: '/signed-in/frame/boards/$boardId/write' })
  const { edit } = useSearch({ from: '/signed-in/frame/boards/$boardId/write' })
  const navigate = useNavigate()
  const back = () =>
    void (edit
      ? navigate({ to: '/boards/$boardId/posts/$postId', params: { boardId, postId: edit } })
      : navigate({ to: '/boards/$boardId', params: { boardId } }))
  return (
    <BoardFrame key={boardId} boardId={boardId} {...(edit !== undefined && { current: edit })}>
      {(board) => (
        <>
          <TopBar title={edit ? t.edit() : t.newPost()} onBack={back} />
          <div className="scroll">
            <Writing key={edit} board={board} edit={edit} onEnd={back} />
          </div>
        </>
      )}
    </BoardFrame>
  )
}

interface WritingProps {
  readonly board: BoardDetail
  readonly edit: string | undefined
  readonly onEnd: () => void
}

function Writing({ board, edit, onEnd }: WritingProps) {
  const post = useQuery({ ...postQuery(board.id, edit ?? ''), enabled: edit !== undefined })
  const closed = useClosed(board)
  if (edit === undefined) return <PostForm board={board} closed={closed} onEnd={onEnd} />
  if (post.isError) return <LoadError error={post.error} retry={post.refetch} />
  if (!post.data) return <Skeleton width="60%" />
  const banned = closed === 'banned' ? closed : undefined
  if (!(post.data.can.edit || banned) || post.data.body.state !== 'present')
    return <EmptyState title={shell.notFoundTitle()}>{shell.notFoundText()}</EmptyState>
  return <PostForm board={board} post={post.data} closed={banned} onEnd={onEnd} />
}
