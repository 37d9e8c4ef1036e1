import { Count } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { type RoomInfo, unreadOf } from '../../../data/rooms.ts'
import { RoomIcon } from '../room-icon.tsx'
import { useTalk, useTalkState } from '../talk/use-talk.ts'

/** The most that the server counts. */
const MOST = 100

export const countText = (count: number): string => (count >= MOST ? t.newest() : formatNumber(count))

/** One room in the column; a clay count only for what speaks to the reader. */
export function RoomRow({ room, on }: { room: RoomInfo; on: boolean }) {
  const unread = unreadOf(room)
  const here = useTalkState(useTalk(room.id), ({ present }) => present.has(room.peer?.account_id ?? ''))
  const mine = room.mention_count > 0 || (room.kind === 'direct' && unread > 0)
  return (
    <Link
      to="/rooms/$roomId"
      params={{ roomId: room.id }}
      className={clsx('li', on && 'on', unread > 0 && 'unread')}
      aria-current={on ? 'page' : undefined}
    >
      {(room.parent_id === null || room.kind === 'direct') && <RoomIcon room={room} here={here} />}
      <span className="clip grow">{room.name}</span>
      {unread > 0 && (
        <span className="n">
          {mine ? <Count me>{countText(room.mention_count || unread)}</Count> : countText(unread)}
          <span className="sr">{t.unread({ count: unread })}</span>
        </span>
      )}
    </Link>
  )
}
