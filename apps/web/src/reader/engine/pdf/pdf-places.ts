import type { PdfLocator } from '@stoa/locators'
import type { Target } from '../book-view.ts'
import type { PdfOutline, PdfPlace } from './pdf-outline.ts'
import type { PdfPage } from './pdf-page.ts'

/** A passage opens with this many points above it. */
const HEADROOM = 80

/** The place a target means; undefined when it is not in this file. */
export async function placeOf(
  target: Target,
  outline: PdfOutline,
  pages: readonly PdfPage[],
): Promise<PdfPlace | undefined> {
  if ('href' in target) return outline.placeOfHref(target.href)
  if (target.type === undefined) return placeOfFraction(target.fraction, pages)
  if (target.type !== 'pdf' || target.page >= pages.length) return undefined
  if (isPosition(target)) {
    const place = placeOfFraction(target.fraction ?? 0, pages)
    // The page one reads may begin below the end of the last one, which is the top of the window then.
    const near = place && (place.page === target.page || place.page === target.page - 1)
    return near ? place : { page: target.page }
  }
  const top = target.quads?.[0]?.[1]
  return top === undefined ? { page: target.page } : { page: target.page, top: top + HEADROOM }
}

/** The share of the file that lies before a place. */
export function fractionOf({ page, top }: PdfPlace, pages: readonly PdfPage[]): number {
  const height = pages[page]?.size.height
  const down = top === undefined || height === undefined ? 0 : Math.min(0.999, Math.max(0, 1 - top / height))
  return (page + down) / Math.max(1, pages.length)
}

function placeOfFraction(fraction: number, pages: readonly PdfPage[]): PdfPlace | undefined {
  const at = Math.min(pages.length - 1e-9, Math.max(0, fraction * pages.length))
  const page = Math.min(pages.length - 1, Math.floor(at + 1e-9))
  const size = pages[page]?.size
  if (!size) return undefined
  return at - page < 1e-6 ? { page } : { page, top: size.height * (1 - (at - page)) }
}

/** A reading position rather than a passage. */
function isPosition({ quads, start, fraction }: PdfLocator): boolean {
  return quads === undefined && start === undefined && fraction !== undefined
}
