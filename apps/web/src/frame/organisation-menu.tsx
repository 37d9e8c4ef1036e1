import { entries, Menu, Portico } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { useNavigate } from '@tanstack/react-router'
import { Settings } from 'lucide-react'
import { useIdentity } from '../data/use-session.ts'
import { useOrganisations } from './use-organisations.ts'

/** Which organisation this tab shows, and the way to another. */
export function OrganisationMenu() {
  const { tenant } = useIdentity()
  const navigate = useNavigate()
  const organisations = useOrganisations()
  const settings = () => void navigate({ to: '/settings/organisation' })
  const name = tenant?.name ?? t.organisations()
  return (
    <Menu
      align="start"
      side="right"
      trigger={
        <button type="button" className="org" aria-label={name} title={name}>
          <Portico width={24} />
        </button>
      }
      items={entries({ heading: t.organisations() }, ...organisations, 'separator', {
        label: t.settings(),
        icon: Settings,
        onSelect: settings,
      })}
    />
  )
}
