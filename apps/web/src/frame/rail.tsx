import { Icon } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { Link } from '@tanstack/react-router'
import { ChartColumn, Highlighter, Library, type LucideIcon, Search } from 'lucide-react'
import { AccountMenu } from './account-menu.tsx'
import { OrganisationMenu } from './organisation-menu.tsx'

const PLACES: readonly {
  to: '/library' | '/notes' | '/search' | '/statistics'
  icon: LucideIcon
  label: () => string
}[] = [
  { to: '/library', icon: Library, label: t.library },
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
        </Link>
      ))}
      <span className="grow" />
      <AccountMenu />
    </nav>
  )
}
