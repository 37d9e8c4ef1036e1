import { formatDuration, formatNumber, getLocale } from '@stoa/ui/messages'
import { statistics as t } from '@stoa/ui/messages/statistics'

/** Reading time in words; no time reads as none, not as a minute. */
export const timeText = (seconds: number): string => (seconds <= 0 ? t.none() : formatDuration(seconds))

const format = (moment: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', options).format(moment)

/** `Nov`, `11月`; with the year for a table. */
export const monthText = (month: string, withYear = false): string =>
  format(new Date(`${month}-01T12:00:00`), { month: 'short', ...(withYear && { year: 'numeric' }) })

/** `Mon`, `周一`. 0 = Monday. */
export const weekdayText = (weekday: number): string =>
  format(new Date(2026, 5, 1 + weekday, 12), { weekday: 'short' })

/** `14:00`–: the hour as a clock shows it. */
export const hourText = (hour: number): string => `${formatNumber(hour, { minimumIntegerDigits: 2 })}:00`
