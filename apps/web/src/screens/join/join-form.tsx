import { Avatar, Button, Field, Input } from '@stoa/ui'
import { getLocale } from '@stoa/ui/messages'
import { auth as t } from '@stoa/ui/messages/auth'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, ok, openApi } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import type { Identity, Role } from '../../data/session.ts'
import { problemText } from '../../frame/problem-text.ts'
import { here, timeZone } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { isEmail } from '../entry/is-email.ts'

const ROLES: Record<Role, () => string> = {
  owner: t.roleOwner,
  admin: t.roleAdmin,
  member: t.roleMember,
  guest: t.roleGuest,
}

export interface JoinFormProps {
  token: string
  offer: { organisation_name: string; role: Role; invited_by: string; email: string | null }
  /** Who is signed in already; undefined: somebody new. */
  identity: Identity | undefined
  onDone: () => void
}

interface Newcomer {
  name: string
  email: string
}

function accept(token: string, newcomer: Newcomer | undefined) {
  const body = { token, return_refresh_token: false, ...here() }
  if (!newcomer) return ok(api.POST('/api/v1/invitations/accept', { body }))
  const { name, email } = newcomer
  const person = {
    display_name: name.trim(),
    ...(email.trim() !== '' && { email: email.trim() }),
    locale: getLocale(),
    time_zone: timeZone(),
  }
  return ok(openApi.POST('/api/v1/invitations/accept', { body: { ...body, ...person } }))
}

const joinError = (error: unknown) =>
  problemText(error, {
    'invitation.for_other': t.joinOtherEmail,
    'account.exists': t.joinEmailTaken,
    'session.bound': t.sessionBound,
    'invitation.gone': t.joinGoneText,
  })

export function JoinForm({ token, offer, identity, onDone }: JoinFormProps) {
  const navigate = useNavigate()
  const [newcomer, setNewcomer] = useState<Newcomer>({ name: '', email: offer.email ?? '' })
  const [checked, setChecked] = useState(false)
  const join = useMutation({
    mutationFn: () => accept(token, identity ? undefined : newcomer),
    onSuccess: (reply) => {
      onDone()
      session.adopt(reply)
      void navigate({ to: '/library', replace: true })
    },
  })
  const nameMissing = !identity && newcomer.name.trim() === ''
  const emailInvalid = !identity && newcomer.email.trim() !== '' && !isEmail(newcomer.email)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!nameMissing && !emailInvalid) join.mutate()
  }
  const failure = join.isError ? joinError(join.error) : undefined
  return (
    <EntryPage
      title={t.joinTitle({ name: offer.organisation_name })}
      text={t.joinText({ person: offer.invited_by, role: ROLES[offer.role]() })}
    >
      <form onSubmit={submit} noValidate>
        {identity ? (
          <Known identity={identity} failure={failure} />
        ) : (
          <>
            <Field label={t.joinName()} error={checked && nameMissing ? t.nameMissing() : failure}>
              <Input
                look="lg"
                value={newcomer.name}
                onChange={(event) => setNewcomer({ ...newcomer, name: event.target.value })}
                maxLength={120}
                autoComplete="name"
                autoFocus
              />
            </Field>
            <Field
              label={t.emailOptional()}
              hint={t.joinEmailHint()}
              error={checked && emailInvalid ? t.emailInvalid() : undefined}
            >
              <Input
                look="lg"
                type="email"
                value={newcomer.email}
                onChange={(event) => setNewcomer({ ...newcomer, email: event.target.value })}
                maxLength={254}
                autoComplete="email"
                readOnly={offer.email !== null}
              />
            </Field>
          </>
        )}
        <div className="row entry-foot">
          {!identity && (
            <Button
              variant="ghost"
              onClick={() => void navigate({ to: '/sign-in', search: { return_to: '/join' } })}
            >
              {t.signIn()}
            </Button>
          )}
          <span className="grow" />
          <Button type="submit" variant="primary" size="lg" busy={join.isPending}>
            {t.join()}
          </Button>
        </div>
      </form>
    </EntryPage>
  )
}

function Known({ identity, failure }: { identity: Identity; failure: string | undefined }) {
  const { account } = identity
  return (
    <>
      <div className="row known">
        <Avatar name={account.display_name} seed={account.id} size="l" />
        <span className="grow">
          {t.joinAs({ name: account.display_name })}
          {account.email && <span className="hint clip block">{account.email}</span>}
        </span>
        <Button variant="ghost" size="sm" onClick={() => void session.signOut()}>
          {t.joinNotYou()}
        </Button>
      </div>
      {failure && (
        <span className="error" role="alert">
          {failure}
        </span>
      )}
    </>
  )
}
