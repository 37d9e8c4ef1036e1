import { Button, Dialog, Skeleton, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { client } from '../../../data/api.ts'
import { archivedRoomsQuery, openRoomsQuery, type RoomInfo, refreshRooms } from '../../../data/rooms.ts'
import { LoadError } from '../../../frame/load-error.tsx'
import { problemText } from '../../../frame/problem-text.ts'
import { RoomIcon } from '../room-icon.tsx'

interface BrowseDialogProps {
  /** Open rooms one is not in, or those that were put away; undefined: closed. */
  readonly of: 'open' | 'archived' | undefined
  readonly onClose: () => void
}

/** Rooms that do not stand in the column: look inside, or join. */
export function BrowseDialog({ of, onClose }: BrowseDialogProps) {
  const archived = of === 'archived'
  return (
    <Dialog
      open={of !== undefined}
      onOpenChange={onClose}
      title={archived ? t.showArchived() : t.browseTitle()}
      description={archived ? t.archivedText() : t.browseText()}
      width={520}
    >
      {of === 'open' && <OpenRooms onClose={onClose} />}
      {archived && <ArchivedRooms onClose={onClose} />}
    </Dialog>
  )
}

function OpenRooms({ onClose }: { onClose: () => void }) {
  const look = useLook(onClose)
  const join = async (room: RoomInfo) => {
    try {
      await client.call('joinRoom', { path: { room_id: room.id } })
      await refreshRooms()
      look(room)
    } catch (error) {
      toast({ text: problemText(error), tone: 'bad' })
    }
  }
  return (
    <Listed rooms={useQuery(openRoomsQuery)} none={t.browseEmpty()} look={look}>
      {(room) => (
        <Button size="sm" onClick={() => void join(room)}>
          {t.join()}
        </Button>
      )}
    </Listed>
  )
}

function ArchivedRooms({ onClose }: { onClose: () => void }) {
  return <Listed rooms={useQuery(archivedRoomsQuery)} none={t.noneArchived()} look={useLook(onClose)} />
}

function useLook(onClose: () => void): (room: RoomInfo) => void {
  const navigate = useNavigate()
  return ({ id }) => {
    onClose()
    void navigate({ to: '/rooms/$roomId', params: { roomId: id } })
  }
}

interface ListedProps {
  readonly rooms: UseQueryResult<RoomInfo[]>
  /** Said when there is none. */
  readonly none: string
  readonly look: (room: RoomInfo) => void
  readonly children?: (room: RoomInfo) => ReactNode
}

function Listed({ rooms, none, look, children }: ListedProps) {
  if (rooms.isError) return <LoadError error={rooms.error} retry={rooms.refetch} />
  if (rooms.isPending) return <Skeleton height={40} />
  if (rooms.data.length === 0) return <p className="muted">{none}</p>
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
          {children?.(room)}
        </div>
      ))}
    </div>
  )
}
