import type { TimelineSnapshot } from '@stoa/sdk'
import { Button, Icon, Pulse } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { RoomInfo } from '../../../data/rooms.ts'
import type { Talk } from '../talk/talk.ts'
import { useTalkState, useTimeline } from '../talk/use-talk.ts'
import { LineView } from './line-view.tsx'
import type { StreamLine } from './lines.ts'
import { Receipts } from './receipts.tsx'
import type { RowActs } from './row-acts.ts'
import { useFilling } from './use-filling.ts'
import { useLines } from './use-lines.ts'
import type { Target } from './use-opening.ts'
import { useSeen } from './use-seen.ts'
import { useStreamKeys } from './use-stream-keys.ts'
import { useTarget } from './use-target.ts'

/** Guesses until a line was measured. */
const USUAL = { beginning: 110, day: 40, new: 28, message: 62, pending: 62, gap: 120 } as const
/** Over the first message while older ones are fetched. */
const TOP = 44

export interface StreamProps {
  readonly talk: Talk
  readonly room: RoomInfo
  readonly acts: RowActs
  /** Up to where it was read when it was opened. */
  readonly readUntil: number | undefined
  readonly target: Target
  readonly editing: string | undefined
  /** The keys belong to this conversation. */
  readonly keys: boolean
  readonly onNewest: () => void
}

/** The messages of a room: only those near the window exist, and what one reads stays where it is. */
export function Stream({ talk, room, acts, readUntil, target, editing, keys, onNewest }: StreamProps) {
  const timeline = useTimeline(talk)
  const hidden = useTalkState(talk, (state) => state.hidden)
  const scroller = useRef<HTMLDivElement>(null)
  const { accountId } = acts
  const { lines, before, after, seen } = useLines(timeline, { accountId, readUntil, hidden }, target)
  const follow = useFollow(after === undefined)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => USUAL[lines[index]?.kind ?? 'message'],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: follow,
    scrollEndThreshold: 80,
    paddingStart: before ? TOP : 4,
    paddingEnd: 8,
  })
  const first = rows.range?.startIndex ?? 0
  const last = rows.range?.endIndex ?? 0
  const flash = useTarget(target, lines, (index, align) => {
    if (index === undefined) rows.scrollToEnd()
    else rows.scrollToIndex(index, { align })
  })
  useEffect(() => seen(last))
  const toEnd = after ? onNewest : () => rows.scrollToEnd()
  useOwnFollowed(timeline, toEnd)
  const filling = useFilling({ talk, lines, before, after, first, last })
  const atEnd = after === undefined && rows.isAtEnd(80)
  const below = useSeen({ talk, lines, last, atEnd, accountId, lastSequence: timeline.lastSequence })
  const cursor = useStreamKeys({
    lines,
    acts,
    enabled: keys,
    last,
    show: (index) => rows.scrollToIndex(index),
  })
  const feet = useFeet(lines, talk, accountId)
  return (
    <div className="stream-box">
      <div ref={scroller} className="scroll stream" role="log" aria-label={t.messages()} tabIndex={-1}>
        <div className="stream-in" style={{ height: rows.getTotalSize() }}>
          {before && <Older />}
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const line = lines[index]
            if (!line) return null
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="stream-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                <LineView
                  {...{ line, room, talk, acts }}
                  active={line.key === cursor}
                  flash={line.key === flash}
                  editing={line.key === editing}
                  foot={feet.get(line.key)}
                  waiting={feet.waiting(line.key)}
                />
              </div>
            )
          })}
        </div>
      </div>
      {filling.failed ? (
        <Button size="sm" className="to-end" onClick={filling.retry}>
          {t.tryNow()}
        </Button>
      ) : (
        !atEnd && lines.length > 0 && <ToEnd below={below} go={toEnd} />
      )}
    </div>
  )
}

const Older = () => (
  <p className="older" role="status">
    <Pulse /> {t.loadingOlder()}
  </p>
)

const ToEnd = ({ below, go }: { below: number; go: () => void }) => (
  <Button size="sm" className="to-end" onClick={go}>
    <Icon of={ArrowDown} size="s" />
    {below > 0 ? t.newBelow({ count: below }) : t.toNewest()}
  </Button>
)

/** What comes because one scrolled to the end is read on from there; what was just said is followed. */
function useFollow(whole: boolean): boolean {
  const wasWhole = useRef(true)
  const follow = whole && wasWhole.current
  useEffect(() => {
    wasWhole.current = whole
  }, [whole])
  return follow
}

/** Whoever says something wants to see it, wherever they were. */
function useOwnFollowed({ rows }: TimelineSnapshot, toEnd: () => void): void {
  const end = rows.at(-1)
  const key = end?.kind === 'pending' ? end.key : undefined
  const known = useRef(key)
  useLayoutEffect(() => {
    if (key !== undefined && key !== known.current) toEnd()
    known.current = key
  })
}

/** What stands under lines: who has read the last of one's own, and how many wait under the last that does. */
function useFeet(lines: readonly StreamLine[], talk: Talk, accountId: string) {
  const own = lines.findLast(
    (line) =>
      line.kind === 'message' &&
      line.message.author.account_id === accountId &&
      line.message.deleted_at === null,
  )
  const waits = lines.filter((line) => line.kind === 'pending' && line.pending.state === 'waiting')
  const message = own?.kind === 'message' ? own.message : undefined
  const receipts = useMemo(() => message && <Receipts message={message} talk={talk} />, [message, talk])
  return {
    get: (key: string): ReactNode => (key === own?.key ? receipts : undefined),
    waiting: (key: string) => (key === waits.at(-1)?.key ? waits.length : undefined),
  }
}
