import { useSyncExternalStore } from 'react'
import { getLocale, type Locale, onLocaleChange } from './locale.ts'

/** The language of the interface; the component renders again when it changes. */
export const useLocale = (): Locale => useSyncExternalStore(onLocaleChange, getLocale)
