import { Count, Icon } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { boards } from '@stoa/ui/messages/boards'
import { documents } from '@stoa/ui/messages/documents'
import { rooms } from '@stoa/ui/messages/rooms'
import { shell as t } from '@stoa/ui/messages/shell'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import {
  ChartColumn,
  FileText,
  Highlighter,
  LayoutList,
  Library,
  type LucideIcon,
  MessagesSquare,
  Search,
} from 'lucide-react'
import { joinedRoomsQuery, totalUnread } from '../data/rooms.ts'
import { AccountMenu } from './account-menu.tsx'
import { OrganisationMenu } from './organisation-menu.tsx'

const PLACES: readonly {
  to: '/library' | '/rooms' | '/documents' | '/boards' | '/notes' | '/search' | '/statistics'
  icon: LucideIcon
  label: () => string
  /** In the bar of a phone there is no place for all: these stand in the account's menu there. */
  wide?: true
}[] = [
  { to: '/library', icon: Library, label: t.library },
  { to: '/rooms', icon: MessagesSquare, label: rooms.rooms },
  { to: '/documents', icon: FileText, label: documents.documents },
  { to: '/boards', icon: LayoutList, label: boards.boards },
  { to: '/notes', icon: Highlighter, label: t.notes, wide: true },
  { to: '/search', icon: Search, label: t.search },
  { to: '/statistics', icon: ChartColumn, label: t.reading, wide: true },
]

/** The places, as a column at the left or, on a phone, as a bar at the foot. */
export function Rail() {
  return (
    <nav className="rail" aria-label={t.places()}>
      <OrganisationMenu />
      {PLACES.map(({ to, icon, label, wide }) => (
        <Link
          key={to}
          to={to}
          className={clsx('rl', wide && 'no-m')}
          activeProps={{ className: 'on', 'aria-current': 'page' }}
        >
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
