import { Pulse } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RoomInfo } from '../../../data/rooms.ts'
import { SidePanel } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { usePlaceKey } from '../../../offline/place-key.ts'
import { Composer } from '../composer/composer.tsx'
import { draftKey } from '../composer/drafts.ts'
import { NamesContext, useRoomNames } from '../names.ts'
import { SendToRoom, type ToSend } from '../send-to-room.tsx'
import { linesOf } from '../stream/lines.ts'
import { MessageRow } from '../stream/message-row.tsx'
import { PendingRow } from '../stream/pending-row.tsx'
import { useRowActs } from '../stream/use-row-acts.ts'
import type { Talk } from '../talk/talk.ts'
import { useTalkState, useTimeline } from '../talk/use-talk.ts'

interface ThreadPanelProps {
  readonly room: RoomInfo
  readonly talk: Talk
  readonly rootId: string
  readonly onClose: () => void
}

/** A message with its replies, and the box to reply in. */
export function ThreadPanel({ room, talk, rootId, onClose }: ThreadPanelProps) {
  const names = useRoomNames(room.id)
  const drafting = draftKey(usePlaceKey(), room.id, rootId)
  const [toSend, setToSend] = useState<ToSend>()
  const { acts, editing, editLast } = useRowActs({
    talk,
    room,
    drafting,
    onThread: undefined,
    onElsewhere: setToSend,
  })
  const { status, error, retry } = useThread(talk, rootId)
  const timeline = useTimeline(talk)
  const hidden = useTalkState(talk, (state) => state.hidden)
  const root = talk.room.timeline.message(rootId)
  const { accountId } = acts
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline's snapshot stands for its threads
  const lines = useMemo(
    () => linesOf(talk.room.timeline.thread(rootId), { accountId, readUntil: undefined, hidden }).lines,
    [timeline, talk, rootId, accountId, hidden],
  )
  const replies = lines.filter(({ kind }) => kind === 'message' || kind === 'pending')
  const scroller = useEndInSight(replies.length)
  return (
    <NamesContext value={names}>
      <SidePanel title={t.thread()} sub={room.name} onClose={onClose}>
        <div className="thread">
          <div className="scroll" ref={scroller}>
            {root && (
              <MessageRow message={root} continued={false} acts={acts} editing={editing === root.id} />
            )}
            <div className="day" role="status">
              {status === 'loading' && replies.length === 0 ? (
                <Pulse />
              ) : replies.length === 0 ? (
                t.noReplies()
              ) : (
                t.replies({ count: replies.length })
              )}
            </div>
            {status === 'failed' && <LoadError error={error} retry={retry} />}
            {replies.map((line) =>
              line.kind === 'message' ? (
                <MessageRow
                  key={line.key}
                  message={line.message}
                  continued={line.continued}
                  acts={acts}
                  editing={editing === line.key}
                />
              ) : (
                line.kind === 'pending' && (
                  <PendingRow
                    key={line.key}
                    pending={line.pending}
                    continued={line.continued}
                    talk={talk}
                    waiting={1}
                  />
                )
              ),
            )}
          </div>
          {room.can.post && (
            <Composer
              talk={talk}
              roomId={room.id}
              rootId={rootId}
              draftKey={drafting}
              placeholder={t.replyPlaceholder()}
              people={[...names.people.values()].filter(({ account_id }) => account_id !== accountId)}
              onEditLast={editLast}
            />
          )}
        </div>
      </SidePanel>
      <SendToRoom what={toSend} onClose={() => setToSend(undefined)} />
    </NamesContext>
  )
}

function useThread(talk: Talk, rootId: string) {
  const [shown, setShown] = useState<{ status: 'loading' | 'ready' | 'failed'; error?: unknown }>({
    status: 'loading',
  })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again
  useEffect(() => {
    let ended = false
    talk.room.openThread(rootId).then(
      () => !ended && setShown({ status: 'ready' }),
      (error) => !ended && setShown({ status: 'failed', error }),
    )
    return () => {
      ended = true
    }
  }, [talk, rootId, tries])
  return { status: shown.status, error: shown.error, retry: () => setTries((n) => n + 1) }
}

/** Stays at the end as replies come, unless one has scrolled away from it. */
function useEndInSight(count: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every reply that comes
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const away = height.current - element.scrollTop - element.clientHeight
    if (away < 120) element.scrollTop = element.scrollHeight
    height.current = element.scrollHeight
  }, [count])
  return scroller
}
