import { entries, Menu, Portico, toast } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { useNavigate } from '@tanstack/react-router'
import { Settings } from 'lucide-react'
import { session } from '../data/browser-session.ts'
import { useIdentity } from '../data/use-session.ts'

/** Which organisation this tab shows, and the way to another. */
export function OrganisationMenu() {
  const { tenant, tenants } = useIdentity()
  const navigate = useNavigate()
  const open = async (tenantId: string, name: string) => {
    try {
      await session.switchTenant(tenantId)
      await navigate({ to: '/library' })
    } catch {
      toast({ text: t.switchFailed({ name }), tone: 'bad' })
    }
  }
  const choices = tenants.map(({ tenant_id, name }) => ({
    label: name,
    checked: tenant_id === tenant?.tenant_id,
    onSelect: () => void (tenant_id === tenant?.tenant_id || open(tenant_id, name)),
  }))
  const settings = {
    label: t.settings(),
    icon: Settings,
    shortcut: 'g ,',
    onSelect: () => void navigate({ to: '/settings' }),
  }
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
      items={entries({ heading: t.organisations() }, ...choices, 'separator', settings)}
    />
  )
}
