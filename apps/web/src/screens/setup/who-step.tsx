import { Button, Field, Input } from '@stoa/ui'
import { auth as t } from '@stoa/ui/messages/auth'
import { type FormEvent, useState } from 'react'
import { EntryPage } from '../entry/entry-page.tsx'
import { useSetupForm } from '../entry/forms.ts'
import { isEmail } from '../entry/is-email.ts'

export function WhoStep() {
  const { displayName, email } = useSetupForm()
  const [checked, setChecked] = useState(false)
  const nameError = checked && displayName.trim() === '' ? t.nameMissing() : undefined
  const emailError = checked && email.trim() !== '' && !isEmail(email) ? t.emailInvalid() : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (displayName.trim() === '' || (email.trim() !== '' && !isEmail(email))) return
    useSetupForm.setState({ step: 'place' })
  }
  return (
    <EntryPage title={t.whoTitle()} text={t.whoText()} step={[1, 3]}>
      <form onSubmit={submit} noValidate>
        <Field label={t.yourName()} error={nameError}>
          <Input
            look="lg"
            value={displayName}
            onChange={(event) => useSetupForm.setState({ displayName: event.target.value })}
            maxLength={120}
            autoComplete="name"
            autoFocus
          />
        </Field>
        <Field label={t.emailOptional()} hint={t.emailHintSetup()} error={emailError}>
          <Input
            look="lg"
            type="email"
            value={email}
            onChange={(event) => useSetupForm.setState({ email: event.target.value })}
            maxLength={254}
            autoComplete="email"
          />
        </Field>
        <div className="row entry-foot">
          <span className="grow" />
          <Button type="submit" variant="primary" size="lg">
            {t.goOn()}
          </Button>
        </div>
      </form>
    </EntryPage>
  )
}
