import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTimeZone, splitByLocalHour } from './local-time.ts'

const at = (text: string) => Date.parse(text)

test('splits at local midnight', () => {
  expect(splitByLocalHour(at('2026-11-21T16:10:00Z'), 1200, 'Asia/Shanghai')).toEqual([
    { date: '2026-11-21', hour: 23, seconds: 600 },
    { date: '2026-11-22', hour: 0, seconds: 600 },
  ])
})

test('leaves a stretch that ends on the hour in the hour it was read in', () => {
  expect(splitByLocalHour(at('2026-11-21T12:00:00Z'), 60, 'UTC')).toEqual([
    { date: '2026-11-21', hour: 11, seconds: 60 },
  ])
})

test('counts half-hour zones by their own clock', () => {
  expect(splitByLocalHour(at('2026-11-21T18:40:00Z'), 1200, 'Asia/Kolkata')).toEqual([
    { date: '2026-11-21', hour: 23, seconds: 600 },
    { date: '2026-11-22', hour: 0, seconds: 600 },
  ])
})

test('the night the clocks go back has an hour twice, and both count', () => {
  const parts = splitByLocalHour(at('2026-10-25T02:00:00Z'), 3 * 3600, 'Europe/Berlin')
  expect(parts.map(({ hour, seconds }) => [hour, seconds])).toEqual([
    [1, 3600],
    [2, 3600],
    [2, 3600],
  ])
})

test('parts add up, stay inside an hour and follow each other', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Asia/Shanghai',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  )
  const end = fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') })
  fc.assert(
    fc.property(end, fc.integer({ min: 1, max: 20_000 }), zones, (time, seconds, zone) => {
      const parts = splitByLocalHour(time, seconds, zone)
      const sum = parts.reduce((total, part) => total + part.seconds, 0)
      expect(sum).toBeCloseTo(seconds, 3)
      for (const part of parts) {
        expect(part.seconds).toBeGreaterThan(0)
        expect(part.seconds).toBeLessThanOrEqual(3600)
        expect(part.date).toMatch(/^\d{4}-\d\d-\d\d$/)
      }
      const dates = parts.map((part) => part.date)
      expect(dates).toEqual([...dates].sort())
    }),
    { seed: 20261121, numRuns: 300 },
  )
})

test('knows a time zone from a made-up one', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true)
  expect(isTimeZone('Mars/Olympus')).toBe(false)
})
