import { describe, expect, it } from 'vitest'
import { addDays, levelOf, localDateOf, monthSums, weekdayOf, weeksBetween, yearBefore } from './calendar.ts'

describe('local dates', () => {
  it('are those of the device', () => {
    expect(localDateOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
  })

  it('go on over months and leap days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(weekdayOf('2026-11-22')).toBe(6)
  })

  it('of twelve months end today', () => {
    expect(yearBefore('2026-11-22')).toBe('2025-11-23')
    expect(yearBefore('2028-02-29')).toBe('2027-03-02')
  })
})

describe('the calendar', () => {
  const weeks = weeksBetween(yearBefore('2026-11-21'), '2026-11-21')

  it('holds every day once, Mondays first', () => {
    const days = weeks.flatMap((week) => week.days.filter((day) => day !== undefined))
    expect(days).toHaveLength(365)
    expect(new Set(days).size).toBe(365)
    expect([days[0], days.at(-1)]).toEqual(['2025-11-22', '2026-11-21'])
    for (const week of weeks) {
      expect(week.days).toHaveLength(7)
      expect(weekdayOf(week.start)).toBe(0)
    }
  })

  it('leaves the days outside of the period blank', () => {
    expect(weeks[0]?.days.slice(0, 5)).toEqual(Array(5).fill(undefined))
    expect(weeks.at(-1)?.days[6]).toBeUndefined()
  })

  it('names each month once, where it begins', () => {
    const months = weeks.flatMap(({ month }) => month ?? [])
    expect(months).toHaveLength(12)
    expect([months[0], months.at(-1)]).toEqual(['2025-12', '2026-11'])
  })
})

it('draws a day by fixed steps', () => {
  expect([0, 1, 60, 15 * 60, 30 * 60, 3600, 9 * 3600].map(levelOf)).toEqual([0, 1, 1, 2, 3, 4, 4])
})

it('sums months with reading, in order', () => {
  const days = [
    { date: '2026-02-01', seconds: 60 },
    { date: '2026-01-31', seconds: 30 },
    { date: '2026-02-02', seconds: 0 },
    { date: '2026-02-03', seconds: 40 },
  ]
  expect(monthSums(days)).toEqual([
    { month: '2026-01', days: 1, seconds: 30 },
    { month: '2026-02', days: 2, seconds: 100 },
  ])
})
