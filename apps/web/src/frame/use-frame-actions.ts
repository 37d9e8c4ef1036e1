import { LOCALE_NAMES, LOCALES } from '@stoa/ui/messages'
import { boards } from '@stoa/ui/messages/boards'
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
  Search,
  Settings,
  Sun,
} from 'lucide-react'
import { chooseLanguage } from '../data/account.ts'
import { usePreferences } from '../data/preferences.ts'
import { type Action, useActions } from '../keyboard/actions.ts'
import { openPalette, showShortcuts } from '../palette/palette-state.ts'

/** What one can do on every screen. */
export function useFrameActions(): void {
  const navigate = useNavigate()
  const go =
    (
      to:
        | '/library'
        | '/rooms'
        | '/documents'
        | '/boards'
        | '/notes'
        | '/search'
        | '/statistics'
        | '/settings',
    ) =>
    () =>
      void navigate({ to })
  const places: Action[] = [
    {
      id: 'go.library',
      group: 'go',
      label: t.goLibrary(),
      icon: Library,
      shortcut: 'g l',
      run: go('/library'),
    },
    {
      id: 'go.rooms',
      group: 'go',
      label: rooms.goRooms(),
      icon: MessagesSquare,
      shortcut: 'g r',
      run: go('/rooms'),
    },
    {
      id: 'go.documents',
      group: 'go',
      label: documents.goDocuments(),
      icon: FileText,
      shortcut: 'g d',
      run: go('/documents'),
    },
    {
      id: 'go.boards',
      group: 'go',
      label: boards.goBoards(),
      icon: LayoutList,
      shortcut: 'g b',
      run: go('/boards'),
    },
    {
      id: 'go.notes',
      group: 'go',
      label: t.goNotes(),
      icon: Highlighter,
      shortcut: 'g n',
      run: go('/notes'),
    },
    { id: 'go.search', group: 'go', label: t.goSearch(), icon: Search, shortcut: 'g s', run: go('/search') },
    {
      id: 'go.reading',
      group: 'go',
      label: t.goReading(),
      icon: ChartColumn,
      shortcut: 'g t',
      run: go('/statistics'),
    },
    {
      id: 'go.settings',
      group: 'go',
      label: t.goSettings(),
      icon: Settings,
      shortcut: 'g ,',
      run: go('/settings'),
    },
  ]
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
