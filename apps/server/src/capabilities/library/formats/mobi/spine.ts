import type { SpineSteps } from '../segment/cfi.ts'
import type { MobiSection } from './types.ts'

/** Kindle books have no package document; foliate-js writes their CFIs as if they had one. */
export function spineSteps(index: number): SpineSteps {
  return [6, (index + 1) * 2]
}

/** Start and length of each section in the book's progress, 0 to 1, by bytes. */
export function weigh(sections: readonly MobiSection[]): { start: number; weight: number }[] {
  const sizes = sections.map(({ bytes, linear }) => (linear ? bytes : 0))
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  )
  let start = 0
  return sizes.map((size) => {
    const place = { start, weight: size / total }
    start += place.weight
    return place
  })
}
