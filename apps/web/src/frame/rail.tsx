import { Count, Icon } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { rooms } from '@stoa/ui/messages/rooms'
import { shell as t } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChartColumn, Highlighter, Library, type LucideIcon, MessagesSquare, Search } from 'lucide-react'
import { joinedRoomsQuery, totalUnread } from '../data/rooms.ts'
import { AccountMenu } from './account-menu.tsx'
import { OrganisationMenu } from './organisation-menu.tsx'

const PLACES: readonly {
  to: '/library' | '/rooms' | '/notes' | '/search' | '/statistics'
  icon: LucideIcon
  label: () => string
}[] = [
  { to: '/library', icon: Library, label: t.library },
  { to: '/rooms', icon: MessagesSquare, label: rooms.rooms },
  { to: '/notes', icon: Highlighter, label: t.notes },
  { to: '/search', icon: Search, label: t.search },
  { to: '/statistics', icon: ChartColumn, label: t.reading },
]

/** The places, as a column at the left or, on a phone, as a bar at the foot. */
export function Rail() {
  return (
    <nav className="rail" aria-label={t.places()}>
      <OrganisationMenu />
      {PLACES.map(({ to, icon, label }) => (
        <Link key={to} to={to} className="rl" activeProps={{ className: 'on', 'aria-current': 'page' }}>
          <Icon of={icon} />
          <span>{label()}</span>
          {to === '/rooms' && <UnreadRooms />}
        </Link>
      ))}
      <span className="grow" />
      <AccountMenu />
    </nav>
  )
}

/** How many messages wait in all rooms together. */
function UnreadRooms() {
  const unread = totalUnread(useQuery(joinedRoomsQuery).data) ?? 0
  return (
    unread > 0 && (
      <Count>
        {unread > 99 ? rooms.most() : formatNumber(unread)}
        <span className="sr">{rooms.unread({ count: unread })}</span>
      </Count>
    )
  )
}
