import type { Locator } from '@stoa/locators'
import type { Highlight, HighlightStatus } from '../book-view.ts'
import { HighlightAnchors } from '../highlight-anchors.ts'
import type { Palette } from '../style/palette.ts'
import type { PageMark } from './pdf-page.ts'
import type { PdfTexts } from './pdf-texts.ts'

/** What is painted on the pages of a PDF. */
export class PdfHighlights {
  readonly #texts: PdfTexts
  readonly #anchors: HighlightAnchors
  readonly #changed: (page: number) => void
  #marks: readonly Locator[] = []

  constructor(texts: PdfTexts, changed: (page: number) => void, report: (status: HighlightStatus) => void) {
    this.#texts = texts
    this.#changed = changed
    this.#anchors = new HighlightAnchors(texts, changed, report)
  }

  set(highlights: readonly Highlight[]): Promise<HighlightStatus[]> {
    return this.#anchors.set(highlights)
  }

  setMarks(locators: readonly Locator[]): void {
    const pages = new Set([...this.#marks, ...locators].map((locator) => this.#texts.indexOf(locator)))
    this.#marks = locators
    for (const page of pages) if (page !== undefined) this.#changed(page)
  }

  /** The boxes of a page, outlines last. */
  on(page: number, palette: Palette): PageMark[] {
    const marks = this.#marks.filter((locator) => this.#texts.indexOf(locator) === page)
    return [
      ...this.#anchors.in(page).map(({ highlight, locator }) => ({
        key: highlight.id,
        className: 'pdf-highlight',
        color: palette.highlights[highlight.color],
        ...boxesOf(locator, highlight.locator),
      })),
      ...marks.map((locator, i) => ({
        key: `mark:${i}`,
        className: 'pdf-mark',
        color: palette.accent,
        ...boxesOf(locator, locator),
      })),
    ]
  }
}

/** The text where it is now, else the stored boxes if they are of this page. */
function boxesOf(now: Locator, stored: Locator): Pick<PageMark, 'quads' | 'span'> {
  if (now.type !== 'pdf') return { quads: [] }
  const quads = stored.type === 'pdf' && stored.page === now.page ? (stored.quads ?? []) : []
  if (now.start === undefined || now.end === undefined) return { quads }
  return { quads, span: { start: now.start, end: now.end } }
}
