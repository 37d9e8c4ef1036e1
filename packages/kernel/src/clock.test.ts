import { expect, test } from 'vitest'
import { ManualClock, systemClock } from './clock.ts'

test('a manual clock moves only when it is moved', () => {
  const clock = new ManualClock(new Date('2026-11-21T00:00:00Z'))
  const start = clock.now()
  expect(start).toBe(Date.UTC(2026, 10, 21))
  clock.advance(1_500)
  expect(clock.now() - start).toBe(1_500)
  clock.set(5)
  expect(clock.now()).toBe(5)
  expect(new ManualClock().now()).toBe(0)
})

test('the system clock is the machine’s', () => {
  const before = Date.now()
  expect(systemClock.now()).toBeGreaterThanOrEqual(before)
  expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
})
