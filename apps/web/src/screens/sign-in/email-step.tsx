import type { components } from '@stoa/contracts'
import { Button, Field, Icon, Input } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { problemText } from '../../frame/problem-text.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { useSignInForm } from '../entry/forms.ts'
import { isEmail } from '../entry/is-email.ts'
import { arrivalError } from './arrival-error.ts'
import { requestCode } from './request-code.ts'

type SetupState = components['schemas']['SetupState']

export function EmailStep({ setup, ended }: { setup: SetupState; ended: boolean }) {
  const { email } = useSignInForm()
  const [checked, setChecked] = useState(false)
  const request = useMutation({ mutationFn: requestCode })
  const invalid = checked && !isEmail(email)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isEmail(email)) request.mutate(email.trim())
  }
  const error = invalid
    ? t.emailInvalid()
    : request.isError
      ? problemText(request.error, { 'mail.busy': t.mailDown })
      : undefined
  return (
    <EntryPage title={t.signIn()} text={setup.email_sign_in ? t.signInText() : t.signInTextTerminal()}>
      <Notice ended={ended} />
      <form onSubmit={submit} noValidate>
        <Field label={t.email()} error={error}>
          <Input
            look="lg"
            type="email"
            value={email}
            onChange={(event) => useSignInForm.setState({ email: event.target.value })}
            maxLength={254}
            autoComplete="email"
            autoFocus
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={request.isPending}>
          {t.sendCode()}
        </Button>
        <Providers providers={setup.providers} />
      </form>
    </EntryPage>
  )
}

function Notice({ ended }: { ended: boolean }) {
  const { error } = useSearch({ from: '/sign-in' })
  const text = error ? arrivalError(error) : ended ? t.sessionEnded() : undefined
  return text === undefined ? null : <Note>{text}</Note>
}

const Note = ({ children }: { children: ReactNode }) => (
  <div className="note" role="status">
    <Icon of={CircleAlert} size="s" />
    <span>{children}</span>
  </div>
)

function Providers({ providers }: { providers: SetupState['providers'] }) {
  const { return_to } = useSearch({ from: '/sign-in' })
  if (providers.length === 0) return null
  const query = return_to ? `?return_to=${encodeURIComponent(return_to)}` : ''
  return (
    <>
      <div className="or">{t.orWith()}</div>
      <div className="providers">
        {providers.map(({ id, name }) => (
          <Button key={id} size="lg" asChild>
            <a href={`/api/v1/auth/providers/${encodeURIComponent(id)}/start${query}`}>
              {t.withProvider({ name })}
            </a>
          </Button>
        ))}
      </div>
    </>
  )
}
