import { getLocale } from './locale.ts'

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `12,345` as the language writes it. */
export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(getLocale(), options).format(value)

/** `31 %` (English, with a thin no-break space as the design sets it) or `31%` (Chinese). `fraction` is 0–1. */
export function formatPercent(fraction: number): string {
  const percent = formatNumber(Math.round(fraction * 100))
  return getLocale() === 'zh' ? `${percent}%` : `${percent} %`
}

/** `14 MB`, `820 kB`: powers of 1000, at most one decimal. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  let value = bytes
  let step = 0
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000
    step++
  }
  const unit = units[step] ?? 'byte'
  return formatNumber(value, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  })
}

/** `5 h 20 min`, `12 min`; under a minute reads as one minute. */
export function formatDuration(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const part = (value: number, unit: 'hour' | 'minute') =>
    formatNumber(value, { style: 'unit', unit, unitDisplay: 'short' })
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return part(minutes, 'minute')
  const rest = minutes % 60
  return rest === 0 ? part(hours, 'hour') : `${part(hours, 'hour')} ${part(rest, 'minute')}`
}

/** `yesterday`, `3 hours ago`, `in 5 minutes`; `now` in milliseconds, as `when`. */
export function formatRelative(when: number, now: number): string {
  const seconds = Math.round((when - now) / 1000)
  const format = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' })
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** The exact moment, for hovering over a relative one: `21 November 2026, 14:05`. */
export const formatMoment = (when: number | Date): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(when)

/** A day: `21 Nov 2026`. */
export const formatDay = (when: number | Date): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'medium' }).format(when)

/** `Anna, Teo and Maya`, `安娜、特奥和玛雅`. */
export const formatList = (items: readonly string[]): string =>
  new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(items)
