import './boards.css'
import './boards-parts.css'
import { EmptyState } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { shell } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type BoardDetail, boardQuery, type PostOrder } from '../../data/boards.ts'
import { ApiError } from '../../data/problem.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { BoardColumn } from './list/board-column.tsx'
import { titleOf } from './names.ts'

interface BoardFrameProps {
  readonly boardId: string
  readonly sort?: PostOrder
  readonly current?: string
  /** On a phone the list of posts is the page. */
  readonly listFirst?: boolean
  readonly children: (board: BoardDetail) => ReactNode
}

/** What every screen of a board stands in: its posts at the left, and its absence when it is not there. */
export function BoardFrame({ boardId, sort = 'newest', current, listFirst, children }: BoardFrameProps) {
  const board = useQuery(boardQuery(boardId))
  const { data } = board
  if (!data)
    return (
      <Page deep>
        <Absent error={board.error} retry={board.refetch} />
      </Page>
    )
  return (
    <Page
      list={<BoardColumn board={data} sort={sort} {...(current !== undefined && { current })} />}
      listTitle={titleOf(data)}
      {...(listFirst ? { listFirst } : { deep: true })}
    >
      {children(data)}
    </Page>
  )
}

function Absent({ error, retry }: { error: unknown; retry: () => unknown }) {
  const navigate = useNavigate()
  const gone = error instanceof ApiError && error.status === 404
  return (
    <>
      <TopBar title={t.boards()} onBack={() => void navigate({ to: '/boards' })} />
      <div className="scroll">
        {gone ? (
          <EmptyState title={shell.notFoundTitle()} action={<Link to="/boards">{t.allBoards()}</Link>}>
            {shell.notFoundText()}
          </EmptyState>
        ) : (
          error != null && <LoadError error={error} retry={retry} />
        )}
      </div>
    </>
  )
}
