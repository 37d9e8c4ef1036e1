import { Button, ListSection, Skeleton } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { bookRoomsQuery, joinedRoomsQuery, type RoomInfo, unreadOf } from '../../../data/rooms.ts'
import { useRole } from '../../../data/use-session.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { NewRoomDialog } from '../list/new-room-dialog.tsx'
import { countText } from '../list/room-row.tsx'
import { RoomIcon } from '../room-icon.tsx'

interface RoomChoiceProps {
  readonly book: { readonly id: string; readonly title: string; readonly workspace_id: string }
  readonly onPick: (room: RoomInfo) => void
}

/** Rooms about the book first, then all others one is in; or a new one for the book. */
export function RoomChoice({ book, onPick }: RoomChoiceProps) {
  const about = useQuery(bookRoomsQuery(book.id))
  const joined = useQuery(joinedRoomsQuery)
  const [making, setMaking] = useState(false)
  const mayMake = useRole() !== 'guest'
  const ids = new Set(about.data?.map(({ id }) => id))
  const others = (joined.data ?? []).filter(({ id }) => !ids.has(id))
  const row = (room: RoomInfo) => (
    <button key={room.id} type="button" className="li" onClick={() => onPick(room)}>
      <RoomIcon room={room} />
      <span className="clip grow">{room.name}</span>
      {unreadOf(room) > 0 && <span className="n">{countText(unreadOf(room))}</span>}
    </button>
  )
  return (
    <div className="room-choice">
      <h3>{t.chooseRoom()}</h3>
      {about.isError && <LoadError error={about.error} retry={about.refetch} />}
      {about.isPending && <Skeleton height={34} />}
      {about.data?.map(row)}
      {about.data?.length === 0 && <p className="muted">{t.noRoomOfBook()}</p>}
      {mayMake && (
        <Button icon={Plus} onClick={() => setMaking(true)}>
          {t.openRoomForBook()}
        </Button>
      )}
      {others.length > 0 && <ListSection label={t.otherRooms()} />}
      {others.map(row)}
      <NewRoomDialog
        open={making}
        onClose={() => setMaking(false)}
        book={{ id: book.id, title: book.title, workspaceId: book.workspace_id }}
        onMade={onPick}
      />
    </div>
  )
}
