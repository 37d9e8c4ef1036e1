import { useParams, useSearch } from '@tanstack/react-router'
import { BoardFrame } from './board-frame.tsx'
import { PostStage } from './post/post-stage.tsx'

/** A post with its comments, beside the posts of its board. */
export function PostScreen() {
  const { boardId, postId } = useParams({ from: '/signed-in/frame/boards/$boardId/posts/$postId' })
  const { sort, comment } = useSearch({ from: '/signed-in/frame/boards/$boardId/posts/$postId' })
  return (
    <BoardFrame key={boardId} boardId={boardId} current={postId} {...(sort && { sort })}>
      {(board) => (
        <PostStage key={postId} board={board} postId={postId} {...(comment !== undefined && { comment })} />
      )}
    </BoardFrame>
  )
}
