import { Avatar, entries, Menu } from '@stoa/ui'
import { LOCALE_NAMES, LOCALES, useLocale } from '@stoa/ui/messages'
import { shell as t } from '@stoa/ui/messages/shell'
import { useLocation, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import {
  Building2,
  ChartColumn,
  Highlighter,
  Keyboard,
  Languages,
  LogOut,
  Monitor,
  Moon,
  Settings,
  Sun,
} from 'lucide-react'
import { chooseLanguage } from '../data/account.ts'
import { session } from '../data/browser-session.ts'
import { type Theme, usePreferences } from '../data/preferences.ts'
import { useIdentity } from '../data/use-session.ts'
import { showShortcuts } from '../palette/palette-state.ts'
import { PHONE, useMedia } from './use-media.ts'
import { useOrganisations } from './use-organisations.ts'

const THEMES: readonly { value: Theme; label: () => string; icon: typeof Sun }[] = [
  { value: 'light', label: t.themeLight, icon: Sun },
  { value: 'dark', label: t.themeDark, icon: Moon },
  { value: 'system', label: t.themeSystem, icon: Monitor },
]

/** Places that this menu leads to. */
const BEHIND = /^\/settings/
const BEHIND_ON_PHONES = /^\/(settings|notes|statistics)/

/** You: settings, looks, language, sign out. */
export function AccountMenu() {
  const { account } = useIdentity()
  const navigate = useNavigate()
  const phone = useMedia(PHONE)
  const organisations = useOrganisations()
  const here = useLocation({ select: ({ pathname }) => (phone ? BEHIND_ON_PHONES : BEHIND).test(pathname) })
  const theme = usePreferences((preferences) => preferences.theme)
  const locale = useLocale()
  const themes = THEMES.map(({ value, label, icon }) => ({
    label: label(),
    icon,
    checked: value === theme,
    onSelect: () => usePreferences.setState({ theme: value }),
  }))
  const languages = LOCALES.map((value) => ({
    label: LOCALE_NAMES[value],
    checked: value === locale,
    onSelect: () => chooseLanguage(value),
  }))
  return (
    <Menu
      align="end"
      side={phone ? 'top' : 'right'}
      header={
        <div className="me">
          <b className="clip">{account.display_name}</b>
          {account.email && <span className="hint clip">{account.email}</span>}
        </div>
      }
      trigger={
        <button type="button" className={clsx('rl you', here && 'on')}>
          <Avatar name={account.display_name} seed={account.id} size="s" />
          <span>{t.you()}</span>
        </button>
      }
      items={entries(
        'separator',
        phone && { label: t.notes(), icon: Highlighter, onSelect: () => void navigate({ to: '/notes' }) },
        phone && {
          label: t.reading(),
          icon: ChartColumn,
          onSelect: () => void navigate({ to: '/statistics' }),
        },
        phone && 'separator',
        {
          label: t.settings(),
          icon: Settings,
          shortcut: 'g ,',
          onSelect: () => void navigate({ to: '/settings' }),
        },
        phone && { label: t.organisations(), icon: Building2, items: organisations },
        { label: t.theme(), icon: Moon, items: themes },
        { label: t.language(), icon: Languages, items: languages },
        { label: t.shortcuts(), icon: Keyboard, shortcut: '?', onSelect: () => showShortcuts(true) },
        'separator',
        { label: t.signOut(), icon: LogOut, onSelect: () => void session.signOut() },
      )}
    />
  )
}
