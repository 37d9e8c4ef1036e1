import { expect, test } from 'vitest'
import { furtherPlace, latestPlace } from './start-place.ts'

const place = (device_id: string, fraction: number, recorded_at: string) => ({
  locator: { type: 'pdf' as const, page: 0 },
  fraction,
  device_id,
  device_name: device_id,
  recorded_at,
})
const phone = place('phone', 0.43, '2026-11-20T20:00:00Z')
const here = place('here', 0.2, '2026-11-21T08:00:00+01:00')

test('the later place wins, whatever zone its time is written in', () => {
  expect(latestPlace(phone, here)).toBe(here)
  expect(latestPlace({ ...phone, recorded_at: '2026-11-21T07:30:00Z' }, here)?.device_id).toBe('phone')
  expect(latestPlace(undefined, null)).toBeUndefined()
})

test('of two places at the same moment the first given stays', () => {
  const twin = { ...here, device_id: 'twin' }
  expect(latestPlace(here, twin)).toBe(here)
})

test('another device that is further is offered, and the furthest of several', () => {
  const tablet = place('tablet', 0.6, '2026-11-01T00:00:00Z')
  expect(furtherPlace([phone, tablet, here], here)).toBe(tablet)
})

test('nothing is offered that is here, behind, or nearly the same place', () => {
  expect(
    furtherPlace([here, { ...phone, fraction: 0.1 }, { ...phone, fraction: 0.205 }], here),
  ).toBeUndefined()
})
