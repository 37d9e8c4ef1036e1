import { type Locale, matchLocale, setLocale } from '@stoa/ui/messages'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Theme = 'light' | 'dark' | 'system'

/** What this device remembers about how the app looks. The key and field names are also read by public/theme.js. */
export interface Preferences {
  theme: Theme
  /** Undefined: the browser's language. */
  locale: Locale | undefined
  /** Width of the list column in pixels. */
  listWidth: number
  listHidden: boolean
  /** How the library shows books. */
  libraryLayout: 'grid' | 'list'
}

export const LIST_WIDTH = { min: 220, usual: 272, max: 400 } as const

export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      theme: 'system',
      locale: undefined,
      listWidth: LIST_WIDTH.usual,
      listHidden: false,
      libraryLayout: 'grid',
    }),
    { name: 'stoa.preferences', version: 1 },
  ),
)

const darkScheme = () => matchMedia('(prefers-color-scheme: dark)')

function apply({ theme, locale }: Preferences): void {
  const dark = theme === 'dark' || (theme === 'system' && darkScheme().matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', dark ? '#121110' : '#F4F2EC')
  const spoken = locale ?? matchLocale(navigator.languages)
  document.documentElement.lang = spoken
  setLocale(spoken)
}

/** Keeps the page's theme and language in step with the preferences and the system. Call once at start. */
export function applyPreferences(): void {
  apply(usePreferences.getState())
  usePreferences.subscribe(apply)
  darkScheme().addEventListener('change', () => apply(usePreferences.getState()))
}
