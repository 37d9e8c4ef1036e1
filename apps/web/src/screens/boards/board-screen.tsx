import { boards as t } from '@stoa/ui/messages/boards'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { TopBar } from '../../frame/bars.tsx'
import { AboutBoard } from './about/about-board.tsx'
import { ModerationLog } from './about/moderation-log.tsx'
import { BoardFrame } from './board-frame.tsx'
import { titleOf } from './names.ts'

/** What a board is: who owns and moderates it, which nodes hold it, what moderators did. On a phone its posts, unless asked for. */
export function BoardScreen() {
  const { boardId } = useParams({ from: '/signed-in/frame/boards/$boardId' })
  const { sort, about } = useSearch({ from: '/signed-in/frame/boards/$boardId' })
  const navigate = useNavigate()
  const back = () =>
    void navigate({ to: '/boards/$boardId', params: { boardId }, search: sort ? { sort } : {} })
  return (
    <BoardFrame key={boardId} boardId={boardId} {...(!about && { listFirst: true })} {...(sort && { sort })}>
      {(board) => (
        <>
          <TopBar
            title={titleOf(board)}
            sub={t.posts({ count: board.post_count })}
            {...(about && { onBack: back })}
          />
          <div className="scroll">
            <div className="post board-about">
              <AboutBoard board={board} />
              <ModerationLog boardId={board.id} />
            </div>
          </div>
        </>
      )}
    </BoardFrame>
  )
}
