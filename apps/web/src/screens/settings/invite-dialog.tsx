import type { components } from '@stoa/contracts'
import { Button, Checkbox, Dialog, Field, Input, Select } from '@stoa/ui'
import { auth } from '@stoa/ui/messages/auth'
import { settings as t } from '@stoa/ui/messages/settings'
import { shell } from '@stoa/ui/messages/shell'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, idempotencyKey, ok } from '../../data/api.ts'
import { workspacesQuery } from '../../data/workspaces.ts'
import { problemText } from '../../frame/problem-text.ts'
import { CopyField } from '../entry/copy-field.tsx'
import { isEmail } from '../entry/is-email.ts'
import { roleOptions } from './roles.ts'

type Created = components['schemas']['CreatedInvitation']

const USES = ['1', '5', '20', '100'] as const
const DAYS = ['1', '7', '30'] as const

interface Draft {
  role: 'admin' | 'member' | 'guest'
  email: string
  uses: (typeof USES)[number]
  days: (typeof DAYS)[number]
  workspaceIds: readonly string[]
}
const FRESH: Draft = { role: 'member', email: '', uses: '5', days: '7', workspaceIds: [] }

function create(draft: Draft, key: string): Promise<Created> {
  const email = draft.email.trim()
  return ok(
    api.POST('/api/v1/invitations', {
      params: { header: { 'idempotency-key': key } },
      body: {
        role: draft.role,
        ...(email !== '' && { email }),
        workspace_ids: [...draft.workspaceIds],
        expires_in_days: Number(draft.days),
        max_uses: email === '' ? Number(draft.uses) : 1,
      },
    }),
  )
}

export interface InviteDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onMade: () => void
}

/** For whom, for how long; then the link, which is shown only once. */
export function InviteDialog({ open, onOpenChange, onMade }: InviteDialogProps) {
  const [created, setCreated] = useState<Created>()
  const change = (next: boolean) => {
    if (!next) setCreated(undefined)
    onOpenChange(next)
  }
  if (created) return <LinkReady open={open} created={created} onClose={() => change(false)} />
  const done = (made: Created) => {
    setCreated(made)
    onMade()
  }
  return (
    <Dialog open={open} onOpenChange={change} title={t.inviteTitle()}>
      <InviteForm onCreated={done} onCancel={() => change(false)} />
    </Dialog>
  )
}

function InviteForm({
  onCreated,
  onCancel,
}: {
  onCreated: (created: Created) => void
  onCancel: () => void
}) {
  const [draft, setDraft] = useState(FRESH)
  const [key] = useState(idempotencyKey)
  const make = useMutation({ mutationFn: () => create(draft, key), onSuccess: onCreated })
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const email = draft.email.trim()
  const invalid = email !== '' && !isEmail(email)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!invalid) make.mutate()
  }
  return (
    <form className="contents" onSubmit={submit} noValidate>
      <Field label={t.inviteRole()}>
        <Select
          value={draft.role}
          onChange={(role) => role !== 'owner' && set({ role })}
          options={roleOptions(['admin', 'member', 'guest'])}
        />
      </Field>
      <Field
        label={t.inviteEmail()}
        hint={t.inviteEmailHint()}
        error={
          invalid && make.submittedAt > 0
            ? auth.emailInvalid()
            : make.isError
              ? problemText(make.error)
              : undefined
        }
      >
        <Input
          type="email"
          value={draft.email}
          onChange={(event) => set({ email: event.target.value })}
          autoComplete="off"
        />
      </Field>
      <div className="pair">
        <Field label={t.inviteUses()}>
          <Select
            value={email === '' ? draft.uses : '1'}
            onChange={(uses) => set({ uses })}
            disabled={email !== ''}
            options={USES.map((value) => ({ value, label: t.inviteUsesOption({ count: Number(value) }) }))}
          />
        </Field>
        <Field label={t.inviteDays()}>
          <Select
            value={draft.days}
            onChange={(days) => set({ days })}
            options={DAYS.map((value) => ({ value, label: t.inviteDaysOption({ count: Number(value) }) }))}
          />
        </Field>
      </div>
      <WorkspaceChoice chosen={draft.workspaceIds} onChange={(workspaceIds) => set({ workspaceIds })} />
      <div className="acts">
        <Button onClick={onCancel}>{shell.cancel()}</Button>
        <Button type="submit" variant="primary" busy={make.isPending}>
          {t.makeLink()}
        </Button>
      </div>
    </form>
  )
}

interface ChoiceProps {
  chosen: readonly string[]
  onChange: (ids: readonly string[]) => void
}

function WorkspaceChoice({ chosen, onChange }: ChoiceProps) {
  const workspaces = useQuery(workspacesQuery)
  const open = workspaces.data?.items.filter(({ archived }) => !archived) ?? []
  if (open.length === 0) return null
  return (
    <div className="field">
      <span className="field-name">{t.inviteWorkspaces()}</span>
      <div className="checks">
        {open.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
          />
        ))}
      </div>
    </div>
  )
}

function LinkReady({ open, created, onClose }: { open: boolean; created: Created; onClose: () => void }) {
  const { url, mailed, invitation } = created
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.linkReady()}
      description={t.linkReadyText()}
      actions={
        <Button variant="ink" onClick={onClose}>
          {shell.done()}
        </Button>
      }
    >
      <CopyField look="plain" text={url} label={auth.copyLink()} />
      {mailed && invitation.email && <p className="hint">{t.linkMailed({ email: invitation.email })}</p>}
    </Dialog>
  )
}
