import type { Locator } from '@stoa/locators'
import { expect, test } from 'vitest'
import { fromWire, toWire } from './wire-locator.ts'

const epub: Locator = { type: 'epub', cfi: 'epubcfi(/6/4!/4/2)', sectionIndex: 3, fraction: 0.25 }
const pdf: Locator = {
  type: 'pdf',
  page: 2,
  start: 4,
  end: 9,
  quads: [[0, 1, 2, 1, 0, 0, 2, 0]],
  fraction: 0.1,
}

test('a locator comes back from the wire as it was', () => {
  expect(toWire(epub)).toEqual({
    type: 'epub',
    cfi: epub.type === 'epub' && epub.cfi,
    section_index: 3,
    fraction: 0.25,
  })
  expect(fromWire(toWire(epub))).toEqual(epub)
  expect(fromWire(toWire(pdf))).toEqual(pdf)
})

test('what is not known stays away', () => {
  expect(toWire({ type: 'pdf', page: 0 })).toEqual({ type: 'pdf', page: 0 })
  expect(fromWire({ type: 'epub', cfi: 'epubcfi(/6/4)' })).toEqual({ type: 'epub', cfi: 'epubcfi(/6/4)' })
})

test('a very long passage keeps as many boxes as the contract takes', () => {
  const quads = Array.from({ length: 700 }, () => [0, 1, 2, 1, 0, 0, 2, 0] as const)
  const wire = toWire({ type: 'pdf', page: 0, quads })
  expect(wire.type === 'pdf' && wire.quads?.length).toBe(500)
})
