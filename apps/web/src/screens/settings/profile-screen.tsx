import { Button, Select } from '@stoa/ui'
import { LOCALE_NAMES, LOCALES, useLocale } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { useMutation, useQuery } from '@tanstack/react-query'
import { accountQuery, chooseLanguage, updateAccount } from '../../data/account.ts'
import { useIdentity } from '../../data/use-session.ts'
import { LoadError } from '../../frame/load-error.tsx'
import { timeZone } from '../entry/device.ts'
import { EditableText } from './editable-text.tsx'
import { Identities } from './identities.tsx'
import { SettingsGroup, SettingsPage, SettingsRow } from './settings-page.tsx'
import { timeZones } from './time-zones.ts'

/** Who you are to the others and to Stoa. */
export default function ProfileScreen() {
  return <ProfilePage index={false} />
}

export function ProfilePage({ index }: { index: boolean }) {
  const account = useQuery(accountQuery)
  return (
    <SettingsPage title={t.profile()} index={index}>
      {account.isError ? <LoadError error={account.error} retry={account.refetch} /> : <Person />}
      <Identities />
    </SettingsPage>
  )
}

function Person() {
  const remembered = useIdentity().account
  const { data: account = remembered } = useQuery(accountQuery)
  return (
    <SettingsGroup>
      <SettingsRow label={t.name()} hint={t.nameHint()} tall>
        <EditableText
          label={t.name()}
          value={account.display_name}
          save={(display_name) => updateAccount({ display_name }, account.version)}
        />
      </SettingsRow>
      <SettingsRow label={t.email()} hint={account.email ? t.emailHint() : undefined}>
        <span className="ink2 clip">{account.email ?? t.emailNone()}</span>
      </SettingsRow>
      <SettingsRow label={t.language()} hint={t.languageHint()}>
        <Select
          label={t.language()}
          value={useLocale()}
          onChange={chooseLanguage}
          options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        />
      </SettingsRow>
      <TimeZone stored={account.time_zone} version={account.version} />
    </SettingsGroup>
  )
}

function TimeZone({ stored, version }: { stored: string; version: number }) {
  const here = timeZone()
  const save = useMutation({ mutationFn: (time_zone: string) => updateAccount({ time_zone }, version) })
  const shown = save.isPending ? save.variables : stored
  return (
    <SettingsRow
      label={t.timeZone()}
      hint={
        <>
          {t.timeZoneHint()}{' '}
          {here !== shown && (
            <Button variant="ghost" size="sm" className="inline" onClick={() => save.mutate(here)}>
              {t.timeZoneHere({ zone: here })}
            </Button>
          )}
        </>
      }
    >
      <Select
        label={t.timeZone()}
        value={shown}
        onChange={(zone) => save.mutate(zone)}
        options={timeZones(shown).map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      />
    </SettingsRow>
  )
}
