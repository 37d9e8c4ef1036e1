import './rooms.css'
import { Button, EmptyState } from '@stoa/ui'
import { rooms as t } from '@stoa/ui/messages/rooms'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { joinedRoomsQuery, unreadOf } from '../../data/rooms.ts'
import { TopBar } from '../../frame/bars.tsx'
import { Page } from '../../frame/page.tsx'
import { NewRoomDialog } from './list/new-room-dialog.tsx'
import { RoomColumn } from './list/room-column.tsx'
import { MentionsList } from './overview/mentions-list.tsx'
import { NewList } from './overview/new-list.tsx'

/** Everything new, or where one was mentioned. On a phone the list of rooms is the page. */
export function RoomsScreen() {
  const { view } = useSearch({ from: '/signed-in/frame/rooms' })
  const navigate = useNavigate()
  const rooms = useQuery(joinedRoomsQuery)
  const [making, setMaking] = useState(false)
  const unread = (rooms.data ?? []).filter((room) => unreadOf(room) > 0)
  const mentions = view === 'mentions'
  return (
    <Page
      list={<RoomColumn current={view ?? 'new'} />}
      listTitle={t.rooms()}
      listFirst={!mentions}
      {...(mentions && { deep: true })}
    >
      <TopBar
        title={mentions ? t.mentions() : t.everythingNew()}
        {...(mentions && { onBack: () => void navigate({ to: '/rooms' }) })}
      />
      <div className="scroll">
        {mentions ? (
          <MentionsList />
        ) : rooms.isSuccess && rooms.data.length === 0 ? (
          <EmptyState
            title={t.emptyTitle()}
            action={<Button onClick={() => setMaking(true)}>{t.newRoom()}</Button>}
          >
            {t.emptyText()}
          </EmptyState>
        ) : (
          rooms.isSuccess && <NewList rooms={unread} />
        )}
      </div>
      <NewRoomDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  )
}
