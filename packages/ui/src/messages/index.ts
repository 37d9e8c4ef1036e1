/** Languages, formats and what makes a catalogue. The catalogues are imported one by one: `@stoa/ui/messages/shell`. */
export {
  type Catalogue,
  defineMessages,
  formatMessage,
  type Messages,
  type Plural,
  type Translation,
} from './define.ts'
export {
  formatBytes,
  formatDay,
  formatDuration,
  formatList,
  formatMoment,
  formatNumber,
  formatPercent,
  formatRelative,
} from './format.ts'
export {
  getLocale,
  isLocale,
  LOCALE_NAMES,
  LOCALES,
  type Locale,
  matchLocale,
  onLocaleChange,
  setLocale,
} from './locale.ts'
export { useLocale } from './use-locale.ts'
