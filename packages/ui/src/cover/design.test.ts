import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOTHS } from './cloths.ts'
import { coverDesign } from './design.ts'
import { hash32 } from './hash.ts'

const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe('the cover generator', () => {
  it('hashes by code point, the same for ever', () => {
    expect(['', 'Walden', '呐喊'].map(hash32)).toEqual([535972289, 1634425714, 3736174856])
  })

  it('draws known books as they were drawn', () => {
    const drawn = [
      ['Walden', 'Henry David Thoreau'],
      ['Meditations', 'Marcus Aurelius'],
      ['呐喊', '鲁迅'],
      ['红楼梦', '曹雪芹'],
      ['Middlemarch', 'George Eliot'],
    ].map(([title = '', author]) => {
      const { cloth, layout } = coverDesign(title, author)
      return `${title}: ${cloth.name}, ${layout.kind}`
    })
    expect(drawn).toEqual([
      'Walden: olive, plate',
      'Meditations: pine, words',
      '呐喊: rose, han-slip',
      '红楼梦: clay, han-vertical',
      'Middlemarch: indigo, plate',
    ])
  })

  it('keeps one author on one cloth', () => {
    expect(coverDesign('呐喊', '鲁迅').cloth).toBe(coverDesign('彷徨', '鲁迅').cloth)
  })

  it('is a pure function of title and author, within its box', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 90 }),
        fc.string({ maxLength: 40 }),
        (title, author) => {
          const design = coverDesign(title, author)
          expect(coverDesign(title, author)).toEqual(design)
          expect(design.shapes.length).toBeGreaterThan(0)
          expect(design.shapes.length).toBeLessThan(60)
          expect(design.layout.titleSize).toBeGreaterThan(0)
          expect(design.layout.titleSize).toBeLessThanOrEqual(20)
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })

  it.each(CLOTHS)('sets $name in inks that can be read', (cloth) => {
    expect(contrast(cloth.ground, cloth.ink)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(cloth.slip, cloth.slipInk)).toBeGreaterThanOrEqual(4.5)
  })
})
