import { compareCfi, parseCfi, readCfi, spineIndex } from './cfi/index.ts'
import { LocatorError } from './errors.ts'
import { boundsOfQuads, isQuad, type Quad } from './pdf.ts'

/** A place or passage in a reflowable or fixed EPUB, MOBI, FB2 or CBZ. */
export interface EpubLocator {
  readonly type: 'epub'
  /** Whole: `epubcfi(/6/4!/4/2,/1:0,/1:5)`. Formats without a package document count sections as spine items. */
  readonly cfi: string
  /** Of the whole book, 0 to 1. */
  readonly fraction?: number
  /** 0-based index in the spine. */
  readonly sectionIndex?: number
}

/** A place or passage on a PDF page. */
export interface PdfLocator {
  readonly type: 'pdf'
  /** 0-based. */
  readonly page: number
  /** UTF-16 offsets in the page's text as pdf.js gives it. */
  readonly start?: number
  readonly end?: number
  readonly quads?: readonly Quad[]
  readonly fraction?: number
}

/** A place or passage in a book (rules LOC-1 to LOC-4). From outside it comes through {@link checkLocator}. */
export type Locator = EpubLocator | PdfLocator

/**
 * Checks a value from outside (rules LOC-1 to LOC-4) and gives it back typed, unknown members dropped.
 * @throws LocatorError `locator.invalid_locator`, `locator.invalid_cfi` or `locator.invalid_pdf`
 */
export function checkLocator(value: unknown): Locator {
  if (!isRecord(value)) throw invalid('not an object')
  const fraction = optional(value, 'fraction', (n) => n >= 0 && n <= 1)
  const shared = fraction === undefined ? {} : { fraction }
  if (value.type === 'epub') {
    if (typeof value.cfi !== 'string') throw invalid('an EPUB locator has a cfi')
    parseCfi(value.cfi)
    const sectionIndex = optional(value, 'sectionIndex', isIndex)
    return {
      type: 'epub',
      cfi: value.cfi,
      ...(sectionIndex === undefined ? {} : { sectionIndex }),
      ...shared,
    }
  }
  if (value.type === 'pdf') return { ...checkPdf(value), ...shared }
  throw invalid('type is neither epub nor pdf')
}

function checkPdf(value: Record<string, unknown>): PdfLocator {
  const page = optional(value, 'page', isIndex)
  if (page === undefined) throw invalid('a PDF locator has a page')
  const start = optional(value, 'start', isIndex)
  const end = optional(value, 'end', isIndex)
  if ((start === undefined) !== (end === undefined) || (start ?? 0) > (end ?? 0)) {
    throw invalid('start and end come together, in order')
  }
  const { quads } = value
  if (quads !== undefined && !(Array.isArray(quads) && quads.length <= 1000 && quads.every(isQuad))) {
    throw new LocatorError('locator.invalid_pdf', 'Quads are lists of eight numbers.')
  }
  return {
    type: 'pdf',
    page,
    ...(start === undefined || end === undefined ? {} : { start, end }),
    ...(quads === undefined ? {} : { quads }),
  }
}

/** The spine item of an EPUB locator: what its CFI says, else (also for a broken CFI) the index stored with it. */
export function sectionOf(locator: EpubLocator): number | undefined {
  const cfi = readCfi(locator.cfi)
  return (cfi && spineIndex(cfi)) ?? locator.sectionIndex
}

/** Reading order within one book (LOC-4): negative when `a` comes first. Across formats, by fraction. */
export function compareLocators(a: Locator, b: Locator): number {
  if (a.type === 'epub' && b.type === 'epub') return compareCfi(parseCfi(a.cfi), parseCfi(b.cfi))
  if (a.type === 'pdf' && b.type === 'pdf') return a.page - b.page || comparePlaces(a, b)
  return (a.fraction ?? 0) - (b.fraction ?? 0)
}

/** On one page: by text offset where both have one, else from top to bottom. */
function comparePlaces(a: PdfLocator, b: PdfLocator): number {
  if (a.start !== undefined && b.start !== undefined) {
    return a.start - b.start || (a.end ?? a.start) - (b.end ?? b.start)
  }
  const x = boundsOfQuads(a.quads ?? [])
  const y = boundsOfQuads(b.quads ?? [])
  if (x === undefined || y === undefined) return Number(x !== undefined) - Number(y !== undefined)
  return y.top - x.top || x.left - y.left
}

const isIndex = (n: number) => Number.isSafeInteger(n) && n >= 0

function optional(
  value: Record<string, unknown>,
  name: string,
  accepts: (n: number) => boolean,
): number | undefined {
  const member = value[name]
  if (member === undefined || member === null) return undefined
  if (typeof member !== 'number' || !accepts(member)) throw invalid(`${name} is out of range`)
  return member
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(what: string): LocatorError {
  return new LocatorError('locator.invalid_locator', `Not a valid locator: ${what}.`)
}
