import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_STYLE } from '../style/reader-style.ts'
import { settingOf } from '../style/script-of.ts'
import { layoutFor, linePitch } from './layout.ts'

const latin = settingOf('en', false)
const vertical = settingOf('zh-Hans', true)

/** What the renderer makes of the attributes in a box of this width: its columns' text width and the space beside it. */
function columns(width: number, attributes: ReturnType<typeof layoutFor>) {
  const gap = Number.parseFloat(attributes.gap) / 100
  const count = Number(attributes['max-column-count'])
  const container = Math.min(Number.parseFloat(attributes['max-inline-size']) * count, width * (1 - gap))
  const gapPixels = (gap / (1 - gap)) * container
  return { count, text: container / count - gapPixels, side: (width - container) / 2 + gapPixels / 2 }
}

describe('layoutFor', () => {
  it.each([
    [390, 844, 1, 300, 370],
    [820, 1100, 1, 560, 700],
    [1020, 800, 1, 600, 640],
    [1440, 900, 2, 560, 640],
    [2560, 1300, 2, 600, 640],
  ])('at %i × %i sets %i column(s) of %i to %i pixels', (width, height, count, low, high) => {
    const set = columns(width, layoutFor({ width, height }, DEFAULT_STYLE, latin))
    expect(set.count).toBe(count)
    expect(set.text).toBeGreaterThanOrEqual(low)
    expect(set.text).toBeLessThanOrEqual(high)
    expect(set.side).toBeGreaterThan(12)
  })

  it('never sets a line longer than the measure, nor a negative one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 3000 }),
        fc.integer({ min: 300, max: 2000 }),
        fc.integer({ min: 12, max: 40 }),
        fc.constantFrom(0, 1, 2, 3),
        (width, height, size, margins) => {
          const style = { ...DEFAULT_STYLE, size, margins: margins as 0 | 1 | 2 | 3 }
          const set = columns(width, layoutFor({ width, height }, style, latin))
          expect(set.text).toBeGreaterThan(100)
          expect(set.text).toBeLessThanOrEqual(33 * size * 1.02)
        },
      ),
      { seed: 31, numRuns: 300 },
    )
  })

  it('gives vertical pages whole characters and whole lines', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 360, max: 2000 }),
        fc.integer({ min: 400, max: 1400 }),
        fc.integer({ min: 14, max: 32 }),
        (width, height, size) => {
          const style = { ...DEFAULT_STYLE, size }
          const attributes = layoutFor({ width, height }, style, vertical)
          const gap = Number.parseFloat(attributes.gap) / 100
          const inline = Number.parseFloat(attributes['max-inline-size'])
          const margin = Number.parseFloat(attributes.margin)
          const padding = (gap / (1 - gap)) * inline
          const lines =
            (Number.parseFloat(attributes['max-block-size']) - 2 * padding) / linePitch(style, vertical)
          expect((inline - margin) % size).toBe(0)
          expect(Math.abs(lines - Math.round(lines))).toBeLessThan(0.02)
          expect(Number.parseFloat(attributes['max-block-size'])).toBeLessThanOrEqual(width)
        },
      ),
      { seed: 32, numRuns: 300 },
    )
  })
})
