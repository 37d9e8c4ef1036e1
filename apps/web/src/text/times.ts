import { formatDay, getLocale } from '@stoa/ui/messages'
import { rooms as t } from '@stoa/ui/messages/rooms'

/** `20:04`. */
export const clockTime = (when: number | Date): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', { timeStyle: 'short' }).format(when)

const dayOfYear = (when: number): string =>
  new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'zh-CN', {
    day: 'numeric',
    month: 'short',
  }).format(when)

const startOf = (when: number): number => new Date(when).setHours(0, 0, 0, 0)

/** `Today`, `Yesterday`, `21 Nov`, of another year `21 Nov 2025`. `now` in milliseconds, as `when`. */
export function dayName(when: number, now: number): string {
  const days = Math.round((startOf(now) - startOf(when)) / 86_400_000)
  if (days === 0) return t.today()
  if (days === 1) return t.yesterday()
  return new Date(when).getFullYear() === new Date(now).getFullYear() ? dayOfYear(when) : formatDay(when)
}

/** A time of today, else a day: for lists. */
export const shortTime = (when: number, now: number): string =>
  startOf(when) === startOf(now) ? clockTime(when) : dayName(when, now)
