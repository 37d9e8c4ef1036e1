import { formatDay, getLocale } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'

/** `20:04`. */
export const clockTime = (when: number | Date): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', { timeStyle: 'short' }).format(when)

const startOf = (when: number): number => new Date(when).setHours(0, 0, 0, 0)

/** `Today`, `Yesterday`, `21 Nov 2026`. `now` in milliseconds, as `when`. */
export function dayName(when: number, now: number): string {
  const days = Math.round((startOf(now) - startOf(when)) / 86_400_000)
  if (days === 0) return t.today()
  return days === 1 ? t.yesterday() : formatDay(when)
}

/** A time of today, else a day: for lists. */
export const shortTime = (when: number, now: number): string =>
  startOf(when) === startOf(now) ? clockTime(when) : dayName(when, now)
