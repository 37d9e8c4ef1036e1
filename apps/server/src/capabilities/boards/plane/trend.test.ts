import { expect, test } from 'vitest'
import { Trend } from './trend.ts'

const figures = { successRate: 1, latencyP95: null, hitRate: 0.5 }

test('notes the figures and forgets what is older than two hours', () => {
  const trend = new Trend()
  expect(trend.samples).toEqual([])
  for (let minute = 0; minute < 130; minute++)
    trend.note(minute * 60_000, { ...figures, lagSeconds: minute === 129 ? null : minute })
  expect(trend.samples).toHaveLength(120)
  expect(trend.samples[0]).toEqual({ at: 600_000, ...figures, lagSeconds: 10 })
  expect(trend.samples.at(-1)).toMatchObject({ at: 7_740_000, lagSeconds: null })
})
