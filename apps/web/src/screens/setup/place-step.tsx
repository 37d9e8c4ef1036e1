import { Button, Field, Input } from '@stoa/ui'
import { getLocale } from '@stoa/ui/messages'
import { auth as t } from '@stoa/ui/messages/auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ok, openApi } from '../../data/api.ts'
import { session } from '../../data/browser-session.ts'
import { problemText } from '../../frame/problem-text.ts'
import { CopyField } from '../entry/copy-field.tsx'
import { here, isLoopback, timeZone } from '../entry/device.ts'
import { EntryPage } from '../entry/entry-page.tsx'
import { type SetupForm, useSetupForm } from '../entry/forms.ts'
import { setupStateQuery } from '../entry/queries.ts'

const completeSetup = (token: string, form: SetupForm) =>
  ok(
    openApi.POST('/api/v1/setup', {
      body: {
        token,
        organisation_name: form.placeName.trim(),
        display_name: form.displayName.trim(),
        ...(form.email.trim() !== '' && { email: form.email.trim() }),
        locale: getLocale(),
        time_zone: timeZone(),
        return_refresh_token: false,
        ...here(),
      },
    }),
  )

export function PlaceStep({ token, onOpened }: { token: string; onOpened: () => void }) {
  const form = useSetupForm()
  const [checked, setChecked] = useState(false)
  const queries = useQueryClient()
  const setup = useMutation({
    mutationFn: () => completeSetup(token, form),
    onSuccess: (reply) => {
      onOpened()
      session.adopt(reply)
      queries.setQueryData(setupStateQuery.queryKey, (state) => state && { ...state, claimed: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (form.placeName.trim() !== '') setup.mutate()
  }
  const nameError = checked && form.placeName.trim() === '' ? t.nameMissing() : undefined
  return (
    <EntryPage title={t.placeTitle()} text={t.placeText()} step={[2, 3]}>
      <form onSubmit={submit} noValidate>
        <Field
          label={t.placeName()}
          error={nameError ?? (setup.isError ? setupError(setup.error) : undefined)}
        >
          <Input
            look="lg"
            value={form.placeName}
            onChange={(event) => useSetupForm.setState({ placeName: event.target.value })}
            maxLength={120}
            autoComplete="organization"
            autoFocus
          />
        </Field>
        <NetworkAddress />
        <p className="hint">{t.sampleHint()}</p>
        <div className="row entry-foot">
          <Button variant="ghost" onClick={() => useSetupForm.setState({ step: 'who' })}>
            {t.back()}
          </Button>
          <span className="grow" />
          <Button type="submit" variant="primary" size="lg" busy={setup.isPending}>
            {t.openIt()}
          </Button>
        </div>
      </form>
    </EntryPage>
  )
}

const setupError = (error: unknown) =>
  problemText(error, {
    'setup.token_wrong': t.tokenWrong,
    'setup.claimed': t.tokenUsedText,
  })

function NetworkAddress() {
  return (
    <div className="field">
      <span className="field-name">{t.address()}</span>
      <CopyField text={location.host} label={t.address()} />
      <span className="hint">{isLoopback(location.hostname) ? t.addressHere() : t.addressNetwork()}</span>
    </div>
  )
}
