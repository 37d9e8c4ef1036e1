import { Button, EmptyState, Icon, IconButton, Menu, Skeleton } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDownWideNarrow, ChevronDown, Info, Plus, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { type BoardDetail, boardsQuery, type PostOrder, postsQuery } from '../../../data/boards.ts'
import { useRole } from '../../../data/use-session.ts'
import { ListColumn } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { useListEnd } from '../../../frame/use-list-end.ts'
import { titleOf } from '../names.ts'
import { NewBoardDialog } from './new-board-dialog.tsx'
import { PostRow } from './post-row.tsx'
import { usePostKeys } from './use-post-keys.ts'

interface BoardColumnProps {
  readonly board: BoardDetail
  readonly sort: PostOrder
  /** The post on screen. */
  readonly current?: string
}

/** The posts of one board; its name leads to the others. */
export function BoardColumn({ board, sort, current }: BoardColumnProps) {
  const posts = useInfiniteQuery(postsQuery(board.id, sort))
  const items = posts.data?.pages.flatMap((page) => page.items) ?? []
  const end = useListEnd(posts.hasNextPage && !posts.isFetching && !posts.isError, posts.fetchNextPage)
  usePostKeys({ board, posts: items, current, sort })
  return (
    <ListColumn title={<BoardMenu board={board} />} action={<ColumnActions board={board} sort={sort} />}>
      {posts.isError && <LoadError error={posts.error} retry={posts.refetch} />}
      {posts.isPending && <Ghosts />}
      {items.map((post) => (
        <PostRow key={post.id} post={post} on={post.id === current} sort={sort} />
      ))}
      {posts.isSuccess && items.length === 0 && (
        <EmptyState title={t.noPosts()}>{t.noPostsText()}</EmptyState>
      )}
      <div ref={end} />
    </ListColumn>
  )
}

function ColumnActions({ board, sort }: { board: BoardDetail; sort: PostOrder }) {
  const navigate = useNavigate()
  const order = (to: PostOrder) => () =>
    void navigate({
      to: '/boards/$boardId',
      params: { boardId: board.id },
      search: to === 'active' ? { sort: to } : {},
    })
  return (
    <>
      <Menu
        trigger={<IconButton icon={ArrowDownWideNarrow} size="sm" label={t.sort()} />}
        items={[
          { label: t.sortNewest(), checked: sort === 'newest', onSelect: order('newest') },
          { label: t.sortActive(), checked: sort === 'active', onSelect: order('active') },
        ]}
      />
      {board.can.post && (
        <Button asChild size="sm" variant="primary" icon={SquarePen}>
          <Link to="/boards/$boardId/write" params={{ boardId: board.id }}>
            {t.post()}
          </Link>
        </Button>
      )}
    </>
  )
}

/** Name of the board; all boards behind it. */
function BoardMenu({ board }: { board: BoardDetail }) {
  const boards = useQuery(boardsQuery).data ?? []
  const navigate = useNavigate()
  const guest = useRole() === 'guest'
  const [making, setMaking] = useState(false)
  const go = (boardId: string) => () => void navigate({ to: '/boards/$boardId', params: { boardId } })
  const about = () =>
    void navigate({ to: '/boards/$boardId', params: { boardId: board.id }, search: { about: true } })
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button type="button" className="board-name">
            <span className="clip">{titleOf(board)}</span>
            <Icon of={ChevronDown} size="s" />
          </button>
        }
        items={[
          ...boards.map((each) => ({
            label: titleOf(each),
            checked: each.id === board.id,
            onSelect: go(each.id),
          })),
          'separator',
          { label: t.about(), icon: Info, onSelect: about },
          ...(guest ? [] : [{ label: t.newBoard(), icon: Plus, onSelect: () => setMaking(true) }]),
        ]}
      />
      <NewBoardDialog open={making} onClose={() => setMaking(false)} />
    </>
  )
}

const Ghosts = () => (
  <div aria-busy="true">
    {['70%', '54%', '80%', '62%'].map((width) => (
      <div key={width} className="pl">
        <Skeleton width={width} />
        <Skeleton width="40%" />
      </div>
    ))}
  </div>
)
