import { Skeleton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import type { ReactNode } from 'react'
import type { RoomInfo } from '../../../data/rooms.ts'
import { dayName } from '../../../text/times.ts'
import type { Talk } from '../talk/talk.ts'
import type { StreamLine } from './lines.ts'
import { MessageRow } from './message-row.tsx'
import { PendingRow } from './pending-row.tsx'
import type { RowActs } from './row-acts.ts'

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

/** One line of the stream, whatever it is. */
export function LineView({ line, room, talk, acts, active, flash, editing, foot, waiting }: LineViewProps) {
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
