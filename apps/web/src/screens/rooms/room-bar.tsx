import { Button, entries, IconButton, Menu, type MenuEntry, toast } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import {
  BookOpen,
  CalendarSearch,
  Download,
  Ellipsis,
  ListStart,
  LogOut,
  Pin,
  PinOff,
  Search,
  Settings,
  Users,
} from 'lucide-react'
import { type RefObject, useState } from 'react'
import { client } from '../../data/api.ts'
import { amendRoom, joinedRoomsQuery, type RoomInfo, refreshRooms } from '../../data/rooms.ts'
import { useIdentity } from '../../data/use-session.ts'
import { TopBar } from '../../frame/bars.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { PHONE, useMedia } from '../../frame/use-media.ts'
import { useActions } from '../../keyboard/actions.ts'
import type { RoomPanel } from './address.ts'
import { exportRoom } from './export-room.ts'
import { DateDialog } from './side/date-dialog.tsx'
import { SettingsDialog } from './side/settings-dialog.tsx'
import type { Opening } from './stream/use-opening.ts'

interface RoomBarProps {
  readonly room: RoomInfo
  readonly panel: RoomPanel | undefined
  readonly onPanel: (panel: RoomPanel | undefined) => void
  readonly opening: RefObject<Opening | undefined>
}

/** Name of the room, where it stands, and what one can do with it. */
export function RoomBar({ room, panel, onPanel, opening }: RoomBarProps) {
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'settings' | 'date'>()
  const toggle = (which: RoomPanel) => () => onPanel(panel === which ? undefined : which)
  const rooms = useQuery(joinedRoomsQuery).data
  const parent = rooms?.find(({ id }) => id === room.parent_id)
  const sub = [
    parent && t.inRoom({ name: parent.name }),
    room.kind === 'room' && t.members({ count: room.member_count }),
    room.topic,
  ]
  // On a phone the name takes the whole line.
  const phone = useMedia(PHONE)
  useActions([
    {
      id: 'rooms.find',
      group: 'act',
      label: t.searchRoom(),
      icon: Search,
      shortcut: '/',
      run: toggle('search'),
    },
  ])
  return (
    <>
      <TopBar
        title={room.name}
        sub={phone ? undefined : sub.filter(Boolean).join(' · ')}
        onBack={() => void navigate({ to: '/rooms' })}
        actions={
          <>
            {room.book && (
              <Button asChild variant="ghost" icon={BookOpen} className="no-m">
                <Link to="/books/$bookId" params={{ bookId: room.book.id }} search={{ room: room.id }}>
                  {t.openBook()}
                </Link>
              </Button>
            )}
            <IconButton
              icon={Search}
              label={t.searchRoom()}
              shortcut="/"
              on={panel === 'search'}
              onClick={toggle('search')}
            />
            {room.kind === 'room' && (
              <IconButton
                icon={Users}
                label={t.showPeople()}
                className="no-m"
                on={panel === 'people'}
                onClick={toggle('people')}
              />
            )}
            <Menu
              trigger={<IconButton icon={Ellipsis} label={t.more()} />}
              items={useRoomMenu(room, { toggle, setDialog, opening })}
            />
          </>
        }
      />
      <SettingsDialog room={room} open={dialog === 'settings'} onClose={() => setDialog(undefined)} />
      <DateDialog
        open={dialog === 'date'}
        onClose={() => setDialog(undefined)}
        go={async (date) => (await opening.current?.go({ date })) ?? false}
      />
    </>
  )
}

interface MenuParts {
  readonly toggle: (panel: RoomPanel) => () => void
  readonly setDialog: (dialog: 'settings' | 'date') => void
  readonly opening: RefObject<Opening | undefined>
}

function useRoomMenu(room: RoomInfo, { toggle, setDialog, opening }: MenuParts): MenuEntry[] {
  const navigate = useNavigate()
  const leave = useLeave(room)
  const pinned = room.membership?.pinned ?? false
  const { book } = room
  return entries(
    book !== null && {
      label: t.openBook(),
      icon: BookOpen,
      onSelect: () =>
        void navigate({ to: '/books/$bookId', params: { bookId: book.id }, search: { room: room.id } }),
    },
    room.kind === 'room' && { label: t.showPeople(), icon: Users, onSelect: toggle('people') },
    { label: t.firstUnread(), icon: ListStart, onSelect: () => void opening.current?.go('first unread') },
    { label: t.jumpToDate(), icon: CalendarSearch, onSelect: () => setDialog('date') },
    'separator',
    room.membership !== null && {
      label: pinned ? t.unpin() : t.pin(),
      icon: pinned ? PinOff : Pin,
      onSelect: () => void setPinned(room, !pinned),
    },
    { label: t.settings(), icon: Settings, onSelect: () => setDialog('settings') },
    {
      label: t.export(),
      icon: Download,
      items: [
        { label: t.exportMarkdown(), onSelect: () => void exportRoom(room, 'markdown') },
        { label: t.exportJson(), onSelect: () => void exportRoom(room, 'json') },
      ],
    },
    room.can.leave && { label: t.leave(), icon: LogOut, onSelect: leave },
  )
}

async function setPinned(room: RoomInfo, pinned: boolean): Promise<void> {
  if (room.membership) amendRoom(room.id, { membership: { ...room.membership, pinned } })
  try {
    await client.call('updateRoomMembership', { path: { room_id: room.id }, body: { pinned } })
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
  await refreshRooms()
}

/** Leaves the room; an open one can be joined again from the toast. */
function useLeave(room: RoomInfo): () => void {
  const navigate = useNavigate()
  const { account } = useIdentity()
  const path = { room_id: room.id }
  const join = async () => {
    await client.call('joinRoom', { path })
    await refreshRooms()
  }
  return () => {
    const run = async () => {
      try {
        await client.call('removeRoomMember', { path: { ...path, account_id: account.id } })
        await navigate({ to: '/rooms' })
        await refreshRooms()
        const back = room.visibility === 'open' && { action: { label: t.join(), run: join } }
        toast({ text: t.left({ name: room.name }), ...back })
      } catch (error) {
        toast({ text: problemText(error, { 'room.last_owner': t.lastOwner }), tone: 'bad' })
      }
    }
    if (room.visibility === 'open') return void run()
    // Into a private room one cannot come back by oneself.
    toast({ text: t.leavePrivate(), action: { label: t.leave(), run } })
  }
}
