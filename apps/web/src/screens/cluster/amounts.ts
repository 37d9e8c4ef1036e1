import { formatDuration, formatNumber, formatRelative, getLocale } from '@stoa/ui/messages'
import { cluster as t } from '@stoa/ui/messages/cluster'

const DAY = 86_400

interface Scale {
  readonly value: number
  readonly unit: 'millisecond' | 'second'
  readonly digits: number
}

/** Under a minute: in which unit, and how exactly. */
function scaleOf(seconds: number): Scale | undefined {
  if (seconds > 0 && seconds < 1)
    return { value: Math.max(1, Math.round(seconds * 1000)), unit: 'millisecond', digits: 0 }
  if (seconds < 60) return { value: seconds, unit: 'second', digits: seconds < 10 ? 1 : 0 }
  return undefined
}

const format = ({ unit, digits }: Scale) =>
  new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  })

/** How long: `420 ms`, `3.1 s`, `18 min`, `2 h 5 min`, `9 days`. */
export function spanText(seconds: number): string {
  const scale = scaleOf(seconds)
  if (scale) return format(scale).format(scale.value).replace('sec', 's')
  if (seconds < 2 * DAY) return formatDuration(seconds)
  return formatNumber(Math.floor(seconds / DAY), { style: 'unit', unit: 'day', unitDisplay: 'long' })
}

/** The number and its unit apart, to set them in two sizes. */
export function spanParts(seconds: number): { readonly value: string; readonly unit: string } {
  const text = spanText(seconds)
  const [, value = text, unit = ''] = /^([\d.,]+)\s*(\D+)$/.exec(text) ?? []
  return { value, unit }
}

/** A round trip in milliseconds; a dash where none was measured. */
export const roundTripText = (milliseconds: number | null): string =>
  milliseconds === null ? '—' : spanText(Math.max(1, milliseconds) / 1000)

/** When, as seen from now; both in milliseconds: `just now`, `4 s ago`, `18 minutes ago`. */
export function agoText(when: number, now: number): string {
  const seconds = Math.round((now - when) / 1000)
  if (seconds < 2) return t.justNow()
  return seconds < 60 ? t.secondsAgo({ count: seconds }) : formatRelative(when, now)
}

/** Beginning and end of an id, enough to tell two apart: `12D3…kR7x`. */
export const shortId = (id: string): string => (id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`)
