/** A day of the calendar as people write it: `2026-11-22`. Has no time zone. */
export type LocalDate = string

const DAY_MS = 86_400_000
const utc = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`)

/** The day it is where the device is. */
export function localDateOf(moment: Date): LocalDate {
  const two = (value: number) => String(value).padStart(2, '0')
  const year = String(moment.getFullYear()).padStart(4, '0')
  return `${year}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10)

/** Noon of a local date on this device, for formatting: no change of clocks moves it to another day. */
export const noonOf = (date: LocalDate): Date => new Date(`${date}T12:00:00`)

export const monthOf = (date: LocalDate): string => date.slice(0, 7)

/** 0 = Monday … 6 = Sunday. */
export const weekdayOf = (date: LocalDate): number => (new Date(utc(date)).getUTCDay() + 6) % 7

/** The day after the same date a year ago: with `today` twelve full months. */
export function yearBefore(today: LocalDate): LocalDate {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year - 1, month - 1, day + 1)).toISOString().slice(0, 10)
}

export interface Week {
  /** Monday of the week. */
  readonly start: LocalDate
  /** Monday to Sunday; `undefined` where the day is outside of the period. */
  readonly days: readonly (LocalDate | undefined)[]
  /** First week with days of this month, where its name stands: `2026-03`. */
  readonly month?: string
}

/** The weeks from `from` to `to`, both included, as columns of a calendar. */
export function weeksBetween(from: LocalDate, to: LocalDate): Week[] {
  const weeks: Week[] = []
  let named = ''
  for (let start = addDays(from, -weekdayOf(from)); start <= to; start = addDays(start, 7)) {
    const days = Array.from({ length: 7 }, (_, step) => {
      const day = addDays(start, step)
      return day < from || day > to ? undefined : day
    })
    // A month is named above the week that holds its first day, so that names never stand too close.
    const first = days.find((day) => day?.endsWith('-01'))
    const month = first && monthOf(first) !== named ? monthOf(first) : undefined
    if (month !== undefined) named = month
    weeks.push({ start, days, ...(month !== undefined && { month }) })
  }
  return weeks
}

/** Minutes from which a day is drawn stronger. Fixed, so that a day looks the same next to any other. */
const STEPS = [1, 15, 30, 60] as const

/** How strongly a day is drawn: 0 nothing, 4 an hour or more. */
export const levelOf = (seconds: number): number =>
  seconds <= 0 ? 0 : Math.max(1, STEPS.filter((minutes) => seconds >= minutes * 60).length)

export interface MonthSum {
  readonly month: string
  readonly days: number
  readonly seconds: number
}

/** Each month with reading in it, in order: what the calendar says, for a table. */
export function monthSums(
  days: readonly { readonly date: LocalDate; readonly seconds: number }[],
): MonthSum[] {
  const sums = new Map<string, MonthSum>()
  for (const { date, seconds } of days) {
    if (seconds <= 0) continue
    const month = monthOf(date)
    const before = sums.get(month) ?? { month, days: 0, seconds: 0 }
    sums.set(month, { month, days: before.days + 1, seconds: before.seconds + seconds })
  }
  return [...sums.values()].sort((a, b) => a.month.localeCompare(b.month))
}
