import { Segmented, Switch } from '@stoa/ui'
import { LOCALE_NAMES, LOCALES, useLocale } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import { shell } from '@stoa/ui/messages/shell'
import { Monitor, Moon, Sun } from 'lucide-react'
import { chooseLanguage } from '../../data/account.ts'
import { type Theme, usePreferences } from '../../data/preferences.ts'
import { SettingsGroup, SettingsPage, SettingsRow } from './settings-page.tsx'

/** How the app looks on this device. Nothing here needs the network. */
export default function AppearanceScreen() {
  const { theme, listHidden } = usePreferences()
  const themes: { value: Theme; label: string; icon: typeof Sun }[] = [
    { value: 'light', label: shell.themeLight(), icon: Sun },
    { value: 'dark', label: shell.themeDark(), icon: Moon },
    { value: 'system', label: shell.themeSystem(), icon: Monitor },
  ]
  return (
    <SettingsPage title={t.appearance()}>
      <SettingsGroup>
        <SettingsRow label={t.theme()} hint={t.themeHint()} wrap>
          <Segmented
            label={t.theme()}
            value={theme}
            onChange={(next) => usePreferences.setState({ theme: next })}
            options={themes}
          />
        </SettingsRow>
        <SettingsRow label={t.language()} hint={t.languageHint()} wrap>
          <Segmented
            label={t.language()}
            value={useLocale()}
            onChange={chooseLanguage}
            options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
          />
        </SettingsRow>
        <SettingsRow label={t.listColumn()} hint={t.listColumnHint()}>
          <Switch
            label={<span className="sr">{t.listColumn()}</span>}
            checked={!listHidden}
            onChange={(shown) => usePreferences.setState({ listHidden: !shown })}
          />
        </SettingsRow>
      </SettingsGroup>
    </SettingsPage>
  )
}
