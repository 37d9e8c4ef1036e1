import './boards.css'
import './boards-parts.css'
import { Button, EmptyState } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { GoTo } from '../../app/go-to.tsx'
import { boardsQuery } from '../../data/boards.ts'
import { useRole } from '../../data/use-session.ts'
import { TopBar } from '../../frame/bars.tsx'
import { LoadError } from '../../frame/load-error.tsx'
import { Page } from '../../frame/page.tsx'
import { NewBoardDialog } from './list/new-board-dialog.tsx'

/** Leads to the board that was last active; where there is none, to making one. */
export function BoardsScreen() {
  const boards = useQuery(boardsQuery)
  const [making, setMaking] = useState(false)
  const guest = useRole() === 'guest'
  const first = boards.data?.[0]
  if (first) return <GoTo to="/boards/$boardId" params={{ boardId: first.id }} />
  return (
    <Page>
      <TopBar title={t.boards()} />
      <div className="scroll">
        {boards.isError && <LoadError error={boards.error} retry={boards.refetch} />}
        {boards.isSuccess && (
          <EmptyState
            title={t.noBoards()}
            {...(!guest && { action: <Button onClick={() => setMaking(true)}>{t.newBoard()}</Button> })}
          >
            {t.noBoardsText()}
          </EmptyState>
        )}
      </div>
      <NewBoardDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  )
}
