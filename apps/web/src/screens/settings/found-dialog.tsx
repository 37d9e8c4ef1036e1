import { settings as t } from '@stoa/ui/messages/settings'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, idempotencyKey, ok } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { NameDialog } from './name-dialog.tsx'

/** Opens another organisation and goes there. */
export function FoundDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const navigate = useNavigate()
  const [key, setKey] = useState(idempotencyKey)
  const found = async (name: string) => {
    const params = { header: { 'idempotency-key': key } }
    const made = await ok(api.POST('/api/v1/tenants', { params, body: { name } }))
    setKey(idempotencyKey())
    await session.switchTenant(made.tenant_id)
    await navigate({ to: '/library' })
  }
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t.foundTitle()}
      description={t.foundText()}
      label={t.organisationName()}
      action={t.foundAction()}
      save={found}
    />
  )
}
