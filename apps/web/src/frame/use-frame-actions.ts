import { LOCALE_NAMES, LOCALES } from '@stoa/ui/messages'
import { boards } from '@stoa/ui/messages/boards'
import { cluster } from '@stoa/ui/messages/cluster'
import { documents } from '@stoa/ui/messages/documents'
import { rooms } from '@stoa/ui/messages/rooms'
import { shell as t } from '@stoa/ui/messages/shell'
import { useNavigate } from '@tanstack/react-router'
import {
  ChartColumn,
  FileText,
  Highlighter,
  Keyboard,
  Languages,
  LayoutList,
  Library,
  MessagesSquare,
  Monitor,
  Moon,
  Network,
  Search,
  Settings,
  Sun,
} from 'lucide-react'
import { chooseLanguage } from '../data/account.ts'
import { usePreferences } from '../data/preferences.ts'
import { useManages } from '../data/use-session.ts'
import { type Action, useActions } from '../keyboard/actions.ts'
import { openPalette, showShortcuts } from '../palette/palette-state.ts'

const PLACES = [
  { to: '/library', label: t.goLibrary, icon: Library, shortcut: 'g l' },
  { to: '/rooms', label: rooms.goRooms, icon: MessagesSquare, shortcut: 'g r' },
  { to: '/documents', label: documents.goDocuments, icon: FileText, shortcut: 'g d' },
  { to: '/boards', label: boards.goBoards, icon: LayoutList, shortcut: 'g b' },
  { to: '/notes', label: t.goNotes, icon: Highlighter, shortcut: 'g n' },
  { to: '/search', label: t.goSearch, icon: Search, shortcut: 'g s' },
  { to: '/statistics', label: t.goReading, icon: ChartColumn, shortcut: 'g t' },
  { to: '/settings', label: t.goSettings, icon: Settings, shortcut: 'g ,' },
] as const

/** For those who run the machine. */
const MANAGED = [
  { to: '/settings/cluster', label: cluster.goCluster, icon: Network, shortcut: 'g c' },
] as const

/** What one can do on every screen. */
export function useFrameActions(): void {
  const navigate = useNavigate()
  const places = [...PLACES, ...(useManages() ? MANAGED : [])].map(
    ({ to, label, icon, shortcut }): Action => ({
      id: `go.${to.slice(1)}`,
      group: 'go',
      label: label(),
      icon,
      shortcut,
      run: () => void navigate({ to }),
    }),
  )
  const open = () => openPalette()
  const app: Action[] = [
    {
      id: 'app.palette',
      group: 'app',
      label: t.openPalette(),
      shortcut: 'mod+k',
      inFields: true,
      keysOnly: true,
      run: open,
    },
    { id: 'app.slash', group: 'app', label: t.goSearch(), shortcut: '/', keysOnly: true, run: open },
    {
      id: 'app.keys',
      group: 'app',
      label: t.showKeys(),
      icon: Keyboard,
      shortcut: '?',
      run: () => showShortcuts(true),
    },
  ]
  useActions([...places, ...app, ...looks()])
}

function looks(): Action[] {
  const theme = (value: 'light' | 'dark' | 'system') => () => usePreferences.setState({ theme: value })
  const themes: Action[] = [
    {
      id: 'app.light',
      group: 'app',
      label: t.themeToLight(),
      icon: Sun,
      keywords: 'theme 外观',
      run: theme('light'),
    },
    {
      id: 'app.dark',
      group: 'app',
      label: t.themeToDark(),
      icon: Moon,
      keywords: 'theme 外观',
      run: theme('dark'),
    },
    {
      id: 'app.system',
      group: 'app',
      label: t.themeToSystem(),
      icon: Monitor,
      keywords: 'theme 外观',
      run: theme('system'),
    },
  ]
  const languages = LOCALES.map(
    (locale): Action => ({
      id: `app.language.${locale}`,
      group: 'app',
      label: t.languageTo({ name: LOCALE_NAMES[locale] }),
      icon: Languages,
      keywords: 'language 语言',
      run: () => chooseLanguage(locale),
    }),
  )
  return [...themes, ...languages]
}
