/** Languages of the interface. Chinese is written in simplified characters. */
export const LOCALES = ['en', 'zh'] as const
/** A language of the interface. */
export type Locale = (typeof LOCALES)[number]

/** Each language's name in itself, as a language menu shows it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', zh: '简体中文' }

let current: Locale = 'en'
const listeners = new Set<() => void>()

/** Whether the interface speaks this language. */
export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

/** The first of the reader's languages (BCP 47, best first) that the interface speaks; English when it speaks none. */
export function matchLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const primary = language.toLowerCase().split('-')[0]
    if (isLocale(primary)) return primary
  }
  return 'en'
}

/** The language in force; English before the first {@link setLocale}. */
export const getLocale = (): Locale => current

/** Changes the language, and tells whoever listens; nothing happens when it is the one in force. */
export function setLocale(locale: Locale): void {
  if (locale === current) return
  current = locale
  for (const listener of [...listeners]) listener()
}

/** Calls `listener` after each change of language. Returns what ends it. */
export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
