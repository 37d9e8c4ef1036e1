import { type MenuAction, toast } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { useNavigate } from '@tanstack/react-router'
import { session } from '../data/browser-session.ts'
import { useIdentity } from '../data/use-session.ts'

/** The organisations of the account as entries of a menu; choosing one makes this tab show it. */
export function useOrganisations(): MenuAction[] {
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
  return tenants.map(({ tenant_id, name }) => ({
    label: name,
    checked: tenant_id === tenant?.tenant_id,
    onSelect: () => {
      if (tenant_id !== tenant?.tenant_id) void open(tenant_id, name)
    },
  }))
}
