import { Button, Count, EmptyState } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { Link, useNavigate } from '@tanstack/react-router'
import { CheckCheck } from 'lucide-react'
import { useRef } from 'react'
import { client } from '../../../data/api.ts'
import { type RoomInfo, refreshRooms, unreadOf } from '../../../data/rooms.ts'
import { useListKeys } from '../../../keyboard/use-list-keys.ts'
import { shortTime } from '../../../text/times.ts'
import { countText } from '../list/room-row.tsx'
import { RoomIcon } from '../room-icon.tsx'

/** Rooms with something unread, last active first, with the last words of each. */
export function NewList({ rooms }: { rooms: readonly RoomInfo[] }) {
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const { cursor } = useListKeys({
    count: rooms.length,
    onOpen: (index) => {
      const room = rooms[index]
      if (room) void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } })
    },
    onMove: (index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
  })
  const readAll = async () => {
    await Promise.allSettled(
      rooms.map(({ id, last_sequence }) =>
        client.call('markRoomRead', { path: { room_id: id }, body: { sequence: last_sequence } }),
      ),
    )
    await refreshRooms()
  }
  if (rooms.length === 0) {
    return (
      <EmptyState title={t.nothingNew()} icon={CheckCheck}>
        {t.nothingNewText()}
      </EmptyState>
    )
  }
  return (
    <div className="overview">
      <div ref={list}>
        {rooms.map((room, index) => (
          <Link
            key={room.id}
            to="/rooms/$roomId"
            params={{ roomId: room.id }}
            className={`overview-row ${index === cursor ? 'active' : ''}`}
          >
            <RoomIcon room={room} />
            <span className="what">
              <span className="row">
                <b className="clip">{room.name}</b>
                {room.last_message && (
                  <time>{shortTime(Date.parse(room.last_message.created_at), Date.now())}</time>
                )}
              </span>
              {room.last_message && (
                <span className="hint clip">
                  {room.last_message.author.display_name}: {room.last_message.text}
                </span>
              )}
            </span>
            <Count me={room.mention_count > 0}>{countText(unreadOf(room))}</Count>
          </Link>
        ))}
      </div>
      <Button variant="ghost" icon={CheckCheck} onClick={() => void readAll()}>
        {t.markAllRead()}
      </Button>
    </div>
  )
}
