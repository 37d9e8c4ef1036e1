import { describe, expect, it } from 'vitest'
import invalid from '../../../contracts/vectors/locators/invalid-locator.json' with { type: 'json' }
import valid from '../../../contracts/vectors/locators/valid-locator.json' with { type: 'json' }
import selectors from '../../../contracts/vectors/locators/valid-selectors.json' with { type: 'json' }
import { LocatorError } from './errors.ts'
import { checkLocator, compareLocators, sectionOf } from './locator.ts'
import { invert, isQuad, normaliseQuads, type Quad, quadFromRect, transformQuad } from './pdf.ts'
import { pdfPageText } from './pdf-text.ts'
import { EPUB_CFI, fromSelectors, PDF_FRAGMENT, toSelectors } from './web-annotation.ts'

describe('locators', () => {
  it.each(valid)('LOC-1: accepts $locator', ({ locator }) => {
    expect(checkLocator(locator)).toEqual(locator)
  })

  it.each(invalid)('LOC-1, LOC-2, LOC-3: refuses: $why', ({ locator }) => {
    expect(() => checkLocator(locator)).toThrow(LocatorError)
  })

  it('LOC-2: a share of the book from 0 to 1, whole indexes, start and end together in order', () => {
    const cfi = 'epubcfi(/6/4!/4)'
    const sound = [
      { type: 'epub', cfi, fraction: 0, sectionIndex: 0 },
      { type: 'epub', cfi, fraction: 1 },
      { type: 'pdf', page: 0, start: 7, end: 7 },
    ]
    for (const locator of sound) expect(checkLocator(locator)).toEqual(locator)
    const wrong = [
      { type: 'epub', cfi, fraction: -0.1 },
      { type: 'pdf', page: 1, fraction: Number.NaN },
      { type: 'epub', cfi, sectionIndex: 0.5 },
      { type: 'pdf', page: -1 },
      { type: 'pdf', page: 1, end: 3 },
      { type: 'pdf', page: 1, start: -1, end: 3 },
    ]
    for (const locator of wrong) expect(() => checkLocator(locator)).toThrow(LocatorError)
  })

  it('LOC-3: drops unknown members', () => {
    expect(checkLocator({ type: 'pdf', page: 1, extra: true })).toEqual({ type: 'pdf', page: 1 })
  })

  it('LOC-4: the order of the vectors is reading order', () => {
    const locators = valid.map(({ locator }) => checkLocator(locator))
    for (const type of ['epub', 'pdf']) {
      const ordered = locators.filter((locator) => locator.type === type)
      expect([...ordered].reverse().sort(compareLocators)).toEqual(ordered)
    }
  })

  it('LOC-4: across formats the share of the book decides', () => {
    const cfi = 'epubcfi(/6/4!/4)'
    const half = checkLocator({ type: 'epub', cfi, fraction: 0.5 })
    expect(compareLocators(half, checkLocator({ type: 'pdf', page: 90, fraction: 0.4 }))).toBeGreaterThan(0)
    expect(compareLocators(half, checkLocator({ type: 'pdf', page: 1, fraction: 0.6 }))).toBeLessThan(0)
  })

  it('CFI-6: reads the section from the CFI before the stored index', () => {
    expect(sectionOf({ type: 'epub', cfi: 'epubcfi(/6/8!/4/2/1:0)', sectionIndex: 9 })).toBe(3)
    expect(sectionOf({ type: 'epub', cfi: 'epubcfi(/6)', sectionIndex: 9 })).toBe(9)
  })
})

describe('PDF text', () => {
  it('PDF-1: joins items, breaks lines, passes over marked content', () => {
    const items = [
      { str: 'To read' },
      { str: ' well,', hasEOL: true },
      { type: 'endMarkedContent' },
      { str: '' },
      { str: 'that is' },
    ]
    expect(pdfPageText(items)).toEqual({ text: 'To read well,\nthat is', starts: [0, 7, 14, 14] })
  })
})

describe('PDF quads', () => {
  it('PDF-2: eight numbers: x,y of top left, top right, bottom left, bottom right', () => {
    const quad = quadFromRect({ left: 1, bottom: 2, right: 3, top: 4 })
    expect(quad).toEqual([1, 4, 3, 4, 1, 2, 3, 2])
    expect(isQuad(quad)).toBe(true)
    for (const wrong of [quad.slice(0, 6), [...quad, 5], quad.with(0, Number.NaN), quad.map(String)])
      expect(isQuad(wrong)).toBe(false)
  })

  it('PDF-3: any corner order becomes TL, TR, BL, BR; one line becomes one quad', () => {
    const bottomFirst: Quad = [10, 20, 60, 20, 10, 30, 60, 30]
    const next = quadFromRect({ left: 61, bottom: 20.2, right: 90, top: 30.1 })
    const below = quadFromRect({ left: 10, bottom: 5, right: 50, top: 15 })
    const empty = quadFromRect({ left: 3, bottom: 3, right: 3, top: 9 })
    expect(normaliseQuads([bottomFirst, next, empty, below])).toEqual([
      [10, 30.1, 90, 30.1, 10, 20, 90, 20],
      [10, 15, 50, 15, 10, 5, 50, 5],
    ])
  })

  it('goes to screen pixels and back', () => {
    const viewport = [1.5, 0, 0, -1.5, 12, 900] as const
    const quad = quadFromRect({ left: 72, bottom: 500, right: 200, top: 512 })
    const back = transformQuad(transformQuad(quad, viewport), invert(viewport))
    for (const [i, n] of back.entries()) expect(n).toBeCloseTo(quad[i] ?? Number.NaN, 9)
    expect(() => invert([0, 0, 0, 0, 1, 1])).toThrow(LocatorError)
  })
})

describe('W3C selectors', () => {
  it.each(selectors)('WA-2: $name', ({ selectors: given, locator, quote }) => {
    const read = fromSelectors(given)
    expect(read).toEqual({ ...(locator && { locator }), ...(quote && { quote }) })
    if (read.locator !== undefined) expect(fromSelectors(toSelectors(read.locator, read.quote))).toEqual(read)
  })

  it('WA-1: the place first, then the quote; pages count from 1, boxes are carried', () => {
    const cfi = 'epubcfi(/6/4!/4/2,/1:0,/1:5)'
    const quote = { exact: 'words', prefix: 'a ', suffix: ' b' }
    expect(toSelectors({ type: 'epub', cfi, sectionIndex: 1, fraction: 0.5 }, quote)).toEqual([
      { type: 'FragmentSelector', conformsTo: EPUB_CFI, value: cfi },
      { type: 'TextQuoteSelector', ...quote },
    ])
    const quads = [quadFromRect({ left: 72, bottom: 700, right: 200, top: 712 })]
    expect(toSelectors({ type: 'pdf', page: 0, start: 4, end: 9, quads })).toEqual([
      {
        type: 'FragmentSelector',
        conformsTo: PDF_FRAGMENT,
        value: 'page=1',
        refinedBy: { type: 'TextPositionSelector', start: 4, end: 9 },
        'stoa:quads': quads,
      },
    ])
    expect(toSelectors({ type: 'pdf', page: 8 })).toEqual([
      { type: 'FragmentSelector', conformsTo: PDF_FRAGMENT, value: 'page=9' },
    ])
  })

  it('WA-2: refuses a target that names no passage', () => {
    expect(() => fromSelectors([null, { type: 'XPathSelector', value: '/a' }])).toThrow(LocatorError)
    expect(() => fromSelectors([{ type: 'FragmentSelector', value: 'epubcfi(/6/4' }])).toThrow(LocatorError)
  })
})
