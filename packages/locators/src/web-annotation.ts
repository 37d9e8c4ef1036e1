import { parseCfi, spineIndex } from './cfi/index.ts'
import { LocatorError } from './errors.ts'
import { checkLocator, type Locator, type PdfLocator } from './locator.ts'
import { boundsOfQuads, isQuad, type Quad } from './pdf.ts'
import type { TextQuote } from './quote/types.ts'

/** `conformsTo` of the fragment syntaxes, as the W3C Web Annotation model §4.2.1 lists them. */
export const EPUB_CFI = 'http://www.idpf.org/epub/linking/cfi/epub-cfi.html'
/** `page=N`, counting from 1 (RFC 3778). */
export const PDF_FRAGMENT = 'http://tools.ietf.org/rfc/rfc3778'

/** W3C FragmentSelector: an EPUB CFI, or `page=N` of a PDF refined by offsets. */
export interface FragmentSelector {
  readonly type: 'FragmentSelector'
  readonly conformsTo: string
  readonly value: string
  readonly refinedBy?: TextPositionSelector
  /** Our extension: the exact boxes, which a PDF fragment cannot say. */
  readonly 'stoa:quads'?: readonly Quad[]
}

/** W3C TextQuoteSelector. */
export interface TextQuoteSelector extends TextQuote {
  readonly type: 'TextQuoteSelector'
}

/** Offsets in UTF-16 code units of the page's text. */
export interface TextPositionSelector {
  readonly type: 'TextPositionSelector'
  readonly start: number
  readonly end: number
}

/** The selectors that are written and read here. */
export type Selector = FragmentSelector | TextQuoteSelector | TextPositionSelector

/** Selectors of one passage for a W3C annotation target, the most exact first (WA-1). */
export function toSelectors(locator: Locator, quote?: TextQuote): Selector[] {
  const place: FragmentSelector =
    locator.type === 'epub'
      ? { type: 'FragmentSelector', conformsTo: EPUB_CFI, value: locator.cfi }
      : pdfSelector(locator)
  return quote === undefined ? [place] : [place, { type: 'TextQuoteSelector', ...quote }]
}

/**
 * Reads the selectors that people's tools write (WA-2): unknown ones are passed over, the first usable of each kind counts.
 * @throws LocatorError `locator.invalid_locator` when neither a place nor a quote is among them.
 */
export function fromSelectors(selectors: readonly unknown[]): { locator?: Locator; quote?: TextQuote } {
  let locator: Locator | undefined
  let quote: TextQuote | undefined
  for (const selector of selectors) {
    if (!isRecord(selector)) continue
    if (selector.type === 'FragmentSelector') locator ??= fromFragment(selector)
    if (selector.type === 'TextQuoteSelector') quote ??= fromQuote(selector)
  }
  if (locator === undefined && quote === undefined) {
    throw new LocatorError('locator.invalid_locator', 'No selector here names a passage.')
  }
  return { ...(locator === undefined ? {} : { locator }), ...(quote === undefined ? {} : { quote }) }
}

/** RFC 3778: pages count from 1. */
function pdfSelector({ page, start, end, quads }: PdfLocator): FragmentSelector {
  return {
    type: 'FragmentSelector',
    conformsTo: PDF_FRAGMENT,
    value: `page=${page + 1}`,
    ...(start === undefined || end === undefined
      ? {}
      : { refinedBy: { type: 'TextPositionSelector', start, end } }),
    ...(quads === undefined || boundsOfQuads(quads) === undefined ? {} : { 'stoa:quads': quads }),
  }
}

function fromFragment(selector: Record<string, unknown>): Locator | undefined {
  const { value } = selector
  if (typeof value !== 'string') return undefined
  if (value.startsWith('epubcfi(')) return fromCfi(value)
  const page = /(?:^|[#&])page=(\d{1,7})(?:&|$)/u.exec(value)?.[1]
  if (page === undefined || Number(page) < 1) return undefined
  const { refinedBy } = selector
  const quads = selector['stoa:quads']
  const position =
    isRecord(refinedBy) && refinedBy.type === 'TextPositionSelector'
      ? { start: refinedBy.start, end: refinedBy.end }
      : {}
  const boxes = Array.isArray(quads) && quads.every(isQuad) ? { quads } : {}
  return attempt(() => checkLocator({ type: 'pdf', page: Number(page) - 1, ...position, ...boxes }))
}

function fromCfi(value: string): Locator | undefined {
  return attempt(() => {
    const sectionIndex = spineIndex(parseCfi(value))
    return checkLocator({ type: 'epub', cfi: value, sectionIndex })
  })
}

function fromQuote({ exact, prefix, suffix }: Record<string, unknown>): TextQuote | undefined {
  if (typeof exact !== 'string' || exact.trim() === '') return undefined
  return {
    exact,
    ...(typeof prefix === 'string' ? { prefix } : {}),
    ...(typeof suffix === 'string' ? { suffix } : {}),
  }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof LocatorError) return undefined
    throw error
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
