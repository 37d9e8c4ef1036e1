import { expect, test } from 'vitest'
import { gridShape } from './grid-shape.ts'

test('fills the width with covers of at least 140 px', () => {
  expect(gridShape(1036)).toMatchObject({ columns: 6, gap: 28 })
  expect(gridShape(140)).toMatchObject({ columns: 3, gap: 16 })
  for (let width = 500; width < 2500; width += 7) {
    const { columns, gap } = gridShape(width)
    const cover = (width - gap * (columns - 1)) / columns
    expect(cover).toBeGreaterThanOrEqual(140)
    expect(cover).toBeLessThan(310)
  }
})
