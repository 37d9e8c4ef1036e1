import { expect, test } from 'vitest'
import { latestPlace, offeredPlace } from './start-place.ts'

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
  expect(offeredPlace({ position: here, others: [phone, tablet] }, here, '')).toBe(tablet)
})

test('nothing is offered that is here, behind, or nearly the same place', () => {
  const others = [
    { ...phone, fraction: 0.1 },
    { ...phone, fraction: 0.205 },
  ]
  expect(offeredPlace({ position: here, others }, here, '')).toBeUndefined()
})

test('where the later place of another device won, the one of this device is offered', () => {
  const later = { ...phone, recorded_at: '2026-11-21T09:00:00Z' }
  const opened = { device_id: 'here', fraction: later.fraction }
  expect(offeredPlace({ position: later, others: [here] }, opened, '')).toBe(here)
  expect(offeredPlace({ position: later, others: [] }, opened, '')).toBeUndefined()
  expect(
    offeredPlace({ position: later, others: [{ ...here, fraction: 0.425 }] }, opened, ''),
  ).toBeUndefined()
})

test('what was decided about is not offered again, what is newer is', () => {
  const later = { ...phone, recorded_at: '2026-11-21T09:00:00Z' }
  const opened = { device_id: 'here', fraction: later.fraction }
  const state = { position: later, others: [here] }
  expect(offeredPlace(state, opened, later.recorded_at)).toBeUndefined()
  expect(offeredPlace(state, here, later.recorded_at)).toBeUndefined()
  expect(offeredPlace(state, opened, '2026-11-21T08:30:00Z')).toBe(here)
  expect(offeredPlace(state, here, '2026-11-21T08:30:00Z')).toBe(later)
})
