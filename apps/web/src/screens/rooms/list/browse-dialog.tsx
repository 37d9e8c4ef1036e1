import { Button, Dialog, Skeleton, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../../data/api.ts'
import { openRoomsQuery, type RoomInfo, refreshRooms } from '../../../data/rooms.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import { RoomIcon } from '../room-icon.tsx'

/** Open rooms one is not in: look inside, or join. */
export function BrowseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.browseTitle()}
      description={t.browseText()}
      width={520}
    >
      {open && <OpenRooms onClose={onClose} />}
    </Dialog>
  )
}

function OpenRooms({ onClose }: { onClose: () => void }) {
  const rooms = useQuery(openRoomsQuery)
  const navigate = useNavigate()
  const look = ({ id }: RoomInfo) => {
    onClose()
    void navigate({ to: '/rooms/$roomId', params: { roomId: id } })
  }
  const join = async (room: RoomInfo) => {
    try {
      await client.call('joinRoom', { path: { room_id: room.id } })
      await refreshRooms()
      look(room)
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
  }
  if (rooms.isError) return <LoadError error={rooms.error} retry={rooms.refetch} />
  if (rooms.isPending) return <Skeleton height={40} />
  if (rooms.data.length === 0) return <p className="muted">{t.browseEmpty()}</p>
  return (
    <div className="pick-list">
      {rooms.data.map((room) => (
        <div key={room.id} className="pick-room">
          <RoomIcon room={room} />
          <button type="button" className="grow" onClick={() => look(room)}>
            <b className="clip">{room.name}</b>
            <span className="hint clip">
              {[room.topic, t.members({ count: room.member_count })].filter(Boolean).join(' · ')}
            </span>
          </button>
          <Button size="sm" onClick={() => void join(room)}>
            {t.join()}
          </Button>
        </div>
      ))}
    </div>
  )
}
