import { boards as t } from '@stoa/ui/messages/boards'
import { useNavigate } from '@tanstack/react-router'
import { SquarePen } from 'lucide-react'
import type { BoardDetail, Post, PostOrder } from '../../../data/boards.ts'
import { useActions } from '../../../keyboard/actions.ts'

interface PostKeys {
  readonly board: BoardDetail
  readonly posts: readonly Post[]
  readonly current: string | undefined
  readonly sort: PostOrder
}

/** J and K go through the posts, C writes one. */
export function usePostKeys({ board, posts, current, sort }: PostKeys): void {
  const navigate = useNavigate()
  const step = (by: 1 | -1) => () => {
    const at = posts.findIndex(({ id }) => id === current)
    const post = posts[at < 0 ? 0 : at + by]
    if (post)
      void navigate({
        to: '/boards/$boardId/posts/$postId',
        params: { boardId: board.id, postId: post.id },
        search: sort === 'active' ? { sort } : {},
      })
  }
  const write = () => void navigate({ to: '/boards/$boardId/write', params: { boardId: board.id } })
  useActions([
    { id: 'boards.next', group: 'act', label: t.nextPost(), shortcut: 'j', keysOnly: true, run: step(1) },
    {
      id: 'boards.previous',
      group: 'act',
      label: t.previousPost(),
      shortcut: 'k',
      keysOnly: true,
      run: step(-1),
    },
    ...(board.can.post
      ? [
          {
            id: 'boards.write',
            group: 'act',
            label: t.newPost(),
            icon: SquarePen,
            shortcut: 'c',
            run: write,
          } as const,
        ]
      : []),
  ])
}
