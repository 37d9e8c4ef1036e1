import { Field, NativeSelect, StatusMark, toast } from '@stoa/ui'
import { formatDay, formatNumber } from '@stoa/ui/messages'
import { boards as t } from '@stoa/ui/messages/boards'
import type { ReactNode } from 'react'
import { client } from '../../../data/api.ts'
import { type BoardDetail, refreshBoards } from '../../../data/boards.ts'
import { problemText } from '../../../frame/problem-text.ts'
import { ClosedNote } from '../closed/closed-note.tsx'
import { useClosed } from '../closed/use-closed.ts'
import { ReachField } from '../list/board-choices.tsx'
import { BoardPeople } from './board-people.tsx'
import { keptOutText } from './kept-out-text.ts'

type Settings = Partial<Pick<BoardDetail, 'reach' | 'policy'>>

async function set(board: BoardDetail, body: Settings): Promise<void> {
  try {
    await client.call('updateBoard', { path: { board_id: board.id }, body })
  } catch (error) {
    toast({ text: problemText(error, { 'board.forbidden': t.forbidden }), tone: 'bad' })
  }
  await refreshBoards(board.id)
}

/** Facts and settings of a board. */
export function AboutBoard({ board }: { board: BoardDetail }) {
  const closed = useClosed(board)
  return (
    <>
      {closed === 'banned' && <ClosedNote board={board} closed={closed} />}
      <Standing board={board} />
      <dl className="board-facts">
        <Fact name={t.access()}>{board.access === 'granted' ? t.accessGranted() : t.accessOpen()}</Fact>
        <Fact name={t.began()}>{formatDay(Date.parse(board.created_at))}</Fact>
        <Fact name={t.lastActive()}>{formatDay(Date.parse(board.last_active_at))}</Fact>
        <Fact name={t.records()}>{formatNumber(board.accepted)}</Fact>
        <KeptOut of={board.kept_out} />
      </dl>
      <BoardPeople board={board} />
      {(board.can.own || board.can.settings) && (
        <ReachField value={board.reach} onChange={(reach) => void set(board, { reach })} />
      )}
      {board.can.settings && <PolicyField board={board} />}
    </>
  )
}

/** Whether it travels to other nodes. */
const Standing = ({ board }: { board: BoardDetail }) => (
  <div className="standing">
    <StatusMark
      kind={board.replicated ? 'done' : 'waiting'}
      {...(board.replicated && { tone: 'ok' as const })}
    >
      {board.replicated ? t.replicated() : t.notReplicated()}
    </StatusMark>
    {!board.replicated && <p className="muted">{t.notReplicatedText()}</p>}
    {board.title === null && <p className="muted">{t.unnamedText()}</p>}
  </div>
)

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd className="num">{children}</dd>
  </div>
)

/** Records that nodes sent and nobody counts, by reason: somebody lies, or is early. */
function KeptOut({ of }: { of: BoardDetail['kept_out'] }) {
  const reasons = Object.entries(of)
  if (reasons.length === 0) return null
  return (
    <div>
      <dt>{t.keptOut()}</dt>
      <dd className="num">
        {reasons.map(([reason, count]) => (
          <span key={reason} className="kept">
            {formatNumber(count)} <span className="muted">{keptOutText(reason)}</span>
          </span>
        ))}
        <p className="hint">{t.keptOutText()}</p>
      </dd>
    </div>
  )
}

function PolicyField({ board }: { board: BoardDetail }) {
  const policies = [
    ['', t.policyDefault()],
    ['all', t.policyAll()],
    ['recent', t.policyRecent()],
    ['on_demand', t.policyOnDemand()],
    ['pinned', t.policyPinned()],
  ] as const
  const choose = (value: string) => {
    const policy = (['all', 'recent', 'on_demand', 'pinned'] as const).find((one) => one === value)
    void set(board, { policy: policy ?? null })
  }
  return (
    <Field label={t.policy()} hint={t.policyHint()}>
      <NativeSelect value={board.policy ?? ''} onValue={choose}>
        {policies.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
