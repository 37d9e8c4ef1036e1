import { IconButton, Input, ListRow, ListSection, Menu, Skeleton } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, AtSign, Compass, Hash, Inbox, ListFilter, MessageSquarePlus, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { joinedRoomsQuery, type RoomInfo, totalUnread, unreadOf } from '../../../data/rooms.ts'
import { useRole } from '../../../data/use-session.ts'
import { workspacesQuery } from '../../../data/workspaces.ts'
import { ListColumn } from '../../../frame/bars.tsx'
import { LoadError } from '../../../frame/load-error.tsx'
import { useActions } from '../../../keyboard/actions.ts'
import { arrangeRooms, filterRooms, inOrder } from './arrange-rooms.ts'
import { BrowseDialog } from './browse-dialog.tsx'
import { DirectDialog } from './direct-dialog.tsx'
import { NewRoomDialog } from './new-room-dialog.tsx'
import { RoomRow } from './room-row.tsx'

type RoomDialog = 'new' | 'open' | 'archived' | 'direct'

/** The column of rooms: what is new, then all one is in, by workspace, then people. */
export function RoomColumn({ current }: { current: string | 'new' | 'mentions' }) {
  const rooms = useQuery(joinedRoomsQuery)
  const workspaces = useQuery(workspacesQuery).data?.items
  const [dialog, setDialog] = useState<RoomDialog>()
  const [find, setFind] = useState<string>()
  const all = rooms.data ?? []
  const arranged = useMemo(
    () => arrangeRooms(filterRooms(rooms.data ?? [], find ?? ''), workspaces ?? []),
    [rooms.data, workspaces, find],
  )
  useRoomListKeys(inOrder(arranged), current, setDialog)
  const unread = totalUnread(rooms.data) ?? 0
  const mentions = all.reduce((sum, room) => sum + room.mention_count, 0)
  const action = (
    <>
      <IconButton
        icon={ListFilter}
        size="sm"
        label={t.filter()}
        on={find !== undefined}
        onClick={() => setFind(find === undefined ? '' : undefined)}
      />
      <AddMenu onPick={setDialog} />
    </>
  )
  const row = (room: RoomInfo) => <RoomRow key={room.id} room={room} on={room.id === current} />
  return (
    <ListColumn title={t.rooms()} action={action}>
      {find !== undefined && (
        <Input
          look="quiet"
          placeholder={t.filter()}
          aria-label={t.filter()}
          value={find}
          onChange={({ target }) => setFind(target.value)}
          autoFocus
        />
      )}
      <ListRow
        icon={Inbox}
        label={t.everythingNew()}
        on={current === 'new'}
        as={<Link to="/rooms" />}
        {...(unread > 0 && { end: formatNumber(unread) })}
      />
      <ListRow
        icon={AtSign}
        label={t.mentions()}
        on={current === 'mentions'}
        as={<Link to="/rooms" search={{ view: 'mentions' }} />}
        {...(mentions > 0 && { end: formatNumber(mentions) })}
      />
      {rooms.isError && <LoadError error={rooms.error} retry={rooms.refetch} />}
      {rooms.isPending && <Ghosts />}
      {arranged.pinned.length > 0 && <ListSection label={t.pinned()} />}
      {arranged.pinned.map(row)}
      {arranged.workspaces.map(({ id, name, rooms: branches }) => (
        <div key={id}>
          <ListSection label={name} />
          {branches.map(({ room, below }) => (
            <div key={room.id}>
              {row(room)}
              {below.length > 0 && <div className="topics">{below.map(row)}</div>}
            </div>
          ))}
        </div>
      ))}
      {arranged.people.length > 0 && <ListSection label={t.people()} />}
      {arranged.people.map(row)}
      {find && inOrder(arranged).length === 0 && <p className="none muted">{t.nothingNewFiltered()}</p>}
      <NewRoomDialog open={dialog === 'new'} onClose={() => setDialog(undefined)} />
      <BrowseDialog
        of={dialog === 'open' || dialog === 'archived' ? dialog : undefined}
        onClose={() => setDialog(undefined)}
      />
      <DirectDialog open={dialog === 'direct'} onClose={() => setDialog(undefined)} />
    </ListColumn>
  )
}

function AddMenu({ onPick }: { onPick: (dialog: RoomDialog) => void }) {
  const guest = useRole() === 'guest'
  return (
    <Menu
      trigger={<IconButton icon={Plus} size="sm" label={t.newRoom()} />}
      items={[
        ...(guest ? [] : [{ label: t.newRoom(), icon: Hash, onSelect: () => onPick('new') }]),
        { label: t.newDirect(), icon: MessageSquarePlus, onSelect: () => onPick('direct') },
        { label: t.browse(), icon: Compass, onSelect: () => onPick('open') },
        { label: t.showArchived(), icon: Archive, onSelect: () => onPick('archived') },
      ]}
    />
  )
}

const Ghosts = () => (
  <div className="ghost-rooms" aria-busy="true">
    {['60%', '45%', '70%', '50%'].map((width) => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)

function useRoomListKeys(
  order: readonly RoomInfo[],
  current: string,
  open: (dialog: RoomDialog) => void,
): void {
  const navigate = useNavigate()
  const next = () => {
    const at = order.findIndex(({ id }) => id === current)
    const found = [...order.slice(at + 1), ...order.slice(0, at + 1)].find((room) => unreadOf(room) > 0)
    if (found) void navigate({ to: '/rooms/$roomId', params: { roomId: found.id } })
  }
  useActions([
    { id: 'rooms.next', group: 'act', label: t.keyNextRoom(), shortcut: 'n', run: next },
    { id: 'rooms.new', group: 'act', label: t.newRoom(), icon: Hash, run: () => open('new') },
    {
      id: 'rooms.direct',
      group: 'act',
      label: t.newDirect(),
      icon: MessageSquarePlus,
      run: () => open('direct'),
    },
    { id: 'rooms.browse', group: 'act', label: t.browse(), icon: Compass, run: () => open('open') },
    {
      id: 'rooms.archived',
      group: 'act',
      label: t.showArchived(),
      icon: Archive,
      run: () => open('archived'),
    },
  ])
}
