import { expect, test } from 'vitest'
import { quantile } from './quantiles.ts'

test('the nearest rank', () => {
  const values = [5, 1, 4, 2, 3]
  expect(quantile(values, 0.5)).toBe(3)
  expect(quantile(values, 0.95)).toBe(5)
  expect(quantile(values, 0)).toBe(1)
})
