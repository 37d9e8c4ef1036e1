import { Button, Icon, Pulse, Skeleton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RoomInfo } from '../../../data/rooms.ts'
import type { Talk } from '../talk/talk.ts'
import { useTalkState, useTimeline } from '../talk/use-talk.ts'
import { dayName } from '../times.ts'
import { type Line, linesOf } from './lines.ts'
import { MessageRow, type RowActs } from './message-row.tsx'
import { PendingRow } from './pending-row.tsx'
import { Receipts } from './receipts.tsx'
import { useFilling } from './use-filling.ts'
import type { Target } from './use-opening.ts'
import { useSeen } from './use-seen.ts'
import { useStreamKeys } from './use-stream-keys.ts'

/** Guesses until a line was measured. */
const USUAL = { beginning: 110, day: 40, new: 28, message: 62, pending: 62, gap: 120 } as const
/** Over the first message while older ones are fetched. */
const TOP = 44

type StreamLine = Line | { readonly kind: 'beginning'; readonly key: string }

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
  const { lines, before, after } = useMemo(() => {
    const found = linesOf(timeline.rows, { accountId, readUntil, hidden })
    const all: StreamLine[] = timeline.atBeginning
      ? [{ kind: 'beginning', key: 'beginning' }, ...found.lines]
      : [...found.lines]
    return { ...found, lines: all }
  }, [timeline, accountId, readUntil, hidden])
  // What comes because one scrolled to the end is read on from there; what was just said is followed.
  const wasWhole = useRef(true)
  const follow = after === undefined && wasWhole.current
  useEffect(() => {
    wasWhole.current = after === undefined
  }, [after])
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
  useOwnFollowed(lines, () => rows.scrollToEnd())
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
          {before && (
            <p className="older" role="status">
              <Pulse /> {t.loadingOlder()}
            </p>
          )}
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index]
            return (
              line && (
                <div
                  key={item.key}
                  ref={rows.measureElement}
                  data-index={item.index}
                  className="stream-line"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <StreamLineView
                    {...{ line, room, talk, acts }}
                    active={line.key === cursor}
                    flash={line.key === flash}
                    editing={line.key === editing}
                    foot={feet.get(line.key)}
                    waiting={feet.waiting(line.key)}
                  />
                </div>
              )
            )
          })}
        </div>
      </div>
      {filling.failed && (
        <Button size="sm" className="to-end" onClick={filling.retry}>
          {t.tryNow()}
        </Button>
      )}
      {!atEnd && lines.length > 0 && (
        <Button size="sm" className="to-end" onClick={after ? onNewest : () => rows.scrollToEnd()}>
          <Icon of={ArrowDown} size="s" />
          {below > 0 ? t.newBelow({ count: below }) : t.toNewest()}
        </Button>
      )}
    </div>
  )
}

interface LineViewProps {
  readonly line: StreamLine
  readonly room: RoomInfo
  readonly talk: Talk
  readonly acts: RowActs
  readonly active: boolean
  readonly flash: boolean
  readonly editing: boolean
  readonly foot: ReactNode
  readonly waiting: number | undefined
}

function StreamLineView({ line, room, talk, acts, active, flash, editing, foot, waiting }: LineViewProps) {
  switch (line.kind) {
    case 'beginning':
      return (
        <div className="beginning">
          <h3>
            {room.kind === 'direct'
              ? t.beginningDirect({ name: room.name })
              : t.beginning({ name: room.name })}
          </h3>
          <p>{room.topic ?? t.beginningText()}</p>
        </div>
      )
    case 'day':
      return <div className="day">{dayName(line.at, Date.now())}</div>
    case 'new':
      return <div className="day new">{t.new()}</div>
    case 'gap':
      return (
        <div className="gap" role="status">
          <Skeleton width="60%" /> <Skeleton width="80%" />
          <span className="sr">{t.loadingBetween()}</span>
        </div>
      )
    case 'pending':
      return <PendingRow pending={line.pending} continued={line.continued} talk={talk} waiting={waiting} />
    case 'message':
      return (
        <MessageRow
          message={line.message}
          continued={line.continued}
          {...{ acts, active, flash, editing, foot }}
        />
      )
  }
}

/** Lines have their true heights by then. */
const SETTLE_MS = 90
/** So long a message that was gone to stays marked. */
const FLASH_MS = 2600

/** Brings the stream to where one asked for, once it is there. Gives the key of the message that flashes. */
function useTarget(
  target: Target,
  lines: readonly StreamLine[],
  show: (index: number | undefined, align: 'start' | 'center') => void,
): string | undefined {
  const done = useRef<Target>(undefined)
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [flash, setFlash] = useState<string>()
  useLayoutEffect(() => {
    if (done.current === target || lines.length === 0) return
    done.current = target
    const { sequence } = target
    if (sequence === undefined) return show(undefined, 'start')
    const at = lines.findIndex((line) => line.kind === 'message' && line.message.sequence >= sequence)
    const under = lines[at - 1]?.kind === 'new' ? at - 1 : at
    const go = () => show(under < 0 ? undefined : under, target.flash ? 'center' : 'start')
    go()
    // Once more when what came into view has been measured: guesses of many lines add up.
    settle.current = setTimeout(go, SETTLE_MS)
    setFlash(target.flash)
  })
  useEffect(() => () => clearTimeout(settle.current), [])
  useEffect(() => {
    if (flash === undefined) return
    const timer = setTimeout(() => setFlash(undefined), FLASH_MS)
    return () => clearTimeout(timer)
  }, [flash])
  return flash
}

/** Whoever says something wants to see it, wherever they were. */
function useOwnFollowed(lines: readonly StreamLine[], toEnd: () => void): void {
  const end = lines.at(-1)
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
