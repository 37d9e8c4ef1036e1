import { Button, ConfirmByName, Skeleton, toast } from '@stoa/ui'
import { formatDay } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ok } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { useIdentity, useManages } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { problemText } from '../../frame/problem-text.ts'
import { EditableText } from './editable-text.tsx'
import { FoundDialog } from './found-dialog.tsx'
import { roleName } from './roles.ts'
import { SettingsGroup, SettingsPage, SettingsRow } from './settings-page.tsx'

/** The place itself: its name, another one, leaving it. */
export default function OrganisationScreen() {
  const { tenant: membership } = useIdentity()
  return (
    <SettingsPage title={t.organisation()} text={t.organisationText()}>
      <Place />
      <SettingsGroup>
        {membership?.role === 'owner' && <Found />}
        <Leave />
      </SettingsGroup>
    </SettingsPage>
  )
}

function Place() {
  const queries = useQueryClient()
  const manages = useManages()
  const { tenant: membership } = useIdentity()
  const tenant = useQuery({ queryKey: ['tenant'], queryFn: () => ok(api.GET('/api/v1/tenant')) })
  if (tenant.isError) return <LoadError error={tenant.error} retry={tenant.refetch} />
  const rename = async (name: string) => {
    const version = tenant.data?.version ?? 1
    const changed = await ok(api.PATCH('/api/v1/tenant', { body: { name, version } }))
    queries.setQueryData(['tenant'], changed)
    session.amend({ tenantName: changed.name })
  }
  return (
    <SettingsGroup>
      <SettingsRow
        label={t.organisationName()}
        hint={tenant.data && t.founded({ day: formatDay(Date.parse(tenant.data.created_at)) })}
        tall
      >
        {tenant.data ? (
          <EditableText
            label={t.organisationName()}
            value={tenant.data.name}
            save={rename}
            readOnly={!manages}
          />
        ) : (
          <Skeleton height={36} />
        )}
      </SettingsRow>
      <SettingsRow label={t.yourRole()}>
        <span className="ink2">{membership && roleName(membership.role)}</span>
      </SettingsRow>
    </SettingsGroup>
  )
}

function Found() {
  const [open, setOpen] = useState(false)
  return (
    <SettingsRow label={t.found()} hint={t.foundHint()}>
      <Button onClick={() => setOpen(true)}>{t.found()}</Button>
      <FoundDialog open={open} onOpenChange={setOpen} />
    </SettingsRow>
  )
}

function Leave() {
  const { tenant, account } = useIdentity()
  const [open, setOpen] = useState(false)
  const name = tenant?.name ?? ''
  const leave = async () => {
    try {
      const path = { account_id: account.id }
      await ok(api.DELETE('/api/v1/members/{account_id}', { params: { path } }))
      location.assign('/')
    } catch (error) {
      toast({ text: problemText(error, { 'member.last_owner': t.lastOwner }), tone: 'bad' })
    }
  }
  return (
    <SettingsRow label={t.leave()} hint={t.leaveHint()}>
      <Button variant="bad" onClick={() => setOpen(true)}>
        {t.leaveAction()}
      </Button>
      <ConfirmByName
        open={open}
        onOpenChange={setOpen}
        title={t.leaveTitle({ name })}
        description={t.leaveText()}
        name={name}
        action={t.leaveAction()}
        onConfirm={leave}
      />
    </SettingsRow>
  )
}
