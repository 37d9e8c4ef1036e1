import { Avatar, Icon } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { Hash, Lock } from 'lucide-react'
import type { RoomInfo } from '../../data/rooms.ts'

/** What stands before a room's name: the person of a conversation, a lock for private rooms. */
export function RoomIcon({ room, here }: { room: RoomInfo; here?: boolean }) {
  if (room.kind === 'direct') {
    return (
      <>
        <Avatar
          name={room.peer?.display_name ?? room.name}
          seed={room.peer?.account_id ?? room.id}
          size="s"
          {...(here && { here })}
        />
        {here && <span className="sr">{t.here()}</span>}
      </>
    )
  }
  return <Icon of={room.visibility === 'private' ? Lock : Hash} />
}
