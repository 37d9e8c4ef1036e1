import { Dialog, Input } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { rooms } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { joinedRoomsQuery } from '../../../data/rooms.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { RoomIcon } from '../../rooms/room-icon.tsx'

interface RoomDialogProps {
  readonly documentId: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks for a room to have the document beside it: one writes and talks on one screen. */
export function RoomDialog({ documentId, open, onClose }: RoomDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.openBesideRoom()}
      description={t.openBesideRoomText()}
    >
      {open && <Rooms documentId={documentId} onClose={onClose} />}
    </Dialog>
  )
}

function Rooms({ documentId, onClose }: Omit<RoomDialogProps, 'open'>) {
  const found = useQuery(joinedRoomsQuery)
  const navigate = useNavigate()
  const [find, setFind] = useState('')
  const shown = (found.data ?? []).filter(({ name }) =>
    name.toLowerCase().includes(find.trim().toLowerCase()),
  )
  const take = (roomId: string) => {
    onClose()
    void navigate({ to: '/rooms/$roomId', params: { roomId }, search: { document: documentId } })
  }
  return (
    <>
      <Input
        look="quiet"
        icon={Search}
        placeholder={rooms.findRoom()}
        aria-label={rooms.findRoom()}
        value={find}
        onChange={({ target }) => setFind(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && shown[0] && take(shown[0].id)}
        autoFocus
      />
      <div className="pick-list">
        {found.isError && <LoadError error={found.error} retry={found.refetch} />}
        {shown.map((room) => (
          <button key={room.id} type="button" className="li" onClick={() => take(room.id)}>
            <RoomIcon room={room} />
            <span className="clip grow">{room.name}</span>
          </button>
        ))}
        {found.isSuccess && shown.length === 0 && <p className="muted">{t.noRooms()}</p>}
      </div>
    </>
  )
}
