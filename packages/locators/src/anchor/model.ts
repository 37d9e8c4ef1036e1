import type { DomDocument, DomRange } from '../cfi/dom.ts'
import {
  type CfiPath,
  ChildSteps,
  cfiFromRange,
  indirectCfi,
  rangeFromCfi,
  readCfi,
  serialiseCfi,
  spinePath,
} from '../cfi/index.ts'
import type { Locator } from '../locator.ts'
import { domText } from '../text/dom-text.ts'

/** A stretch of a section's text; `end` is behind the last character. */
export interface Span {
  /** UTF-16 offsets in the section's text. */
  readonly start: number
  readonly end: number
}

/** One spine item or PDF page as text that locators point into. */
export interface SectionText {
  /** 0-based spine index or page. */
  readonly index: number
  readonly text: string
  /** Where a locator of this section points; `firm` false when the markup no longer fits it. */
  spanOf(locator: Locator): (Span & { readonly firm: boolean }) | undefined
  locatorOf(span: Span): Locator
}

/** A book as sections of text, loaded when asked for. */
export interface TextModel {
  readonly count: number
  /** Section of a locator, where the model knows better than the number in the CFI. */
  indexOf?(locator: Locator): number | undefined
  section(index: number): SectionText | undefined | Promise<SectionText | undefined>
}

/** A section made of a document. */
export interface DomSectionText extends SectionText {
  /** The text of a DOM range, e.g. a selection. */
  spanOfRange(range: DomRange): Span
}

/**
 * Text of one parsed content document. `base` is the spine item's own path where the package document is known.
 * Numbering, skipped elements and block breaks are the same on the server and in the reader.
 */
export function epubSection(
  document: DomDocument,
  index: number,
  base: CfiPath = spinePath(index),
): DomSectionText {
  const root = document.documentElement
  const content = root === null ? undefined : domText(root)
  const steps = new ChildSteps()
  const spanOfRange = ({ start: from, end: to }: DomRange): Span => {
    const start = content?.offsetOf(from) ?? 0
    return { start, end: Math.max(start, content?.offsetOf(to) ?? 0) }
  }
  return {
    spanOfRange,
    index,
    text: content?.text ?? '',
    spanOf(locator) {
      const cfi = locator.type === 'epub' ? readCfi(locator.cfi) : undefined
      const found = cfi && rangeFromCfi(document, cfi, steps)
      if (found === undefined) return undefined
      return { ...spanOfRange(found.range), firm: found.fit === 'exact' }
    },
    locatorOf({ start, end }) {
      const range = content?.rangeOf(start, end)
      const inner = range === undefined ? undefined : cfiFromRange(range, steps)
      const cfi = inner === undefined ? { kind: 'point' as const, path: base } : indirectCfi(base, inner)
      return { type: 'epub', cfi: serialiseCfi(cfi), sectionIndex: index }
    },
  }
}

/** Text of one PDF page; quads are left to whoever can measure glyphs. */
export function pdfSection(text: string, page: number): SectionText {
  return {
    index: page,
    text,
    spanOf(locator) {
      if (locator.type !== 'pdf' || locator.start === undefined || locator.end === undefined) return undefined
      const end = Math.min(locator.end, text.length)
      return { start: Math.min(locator.start, end), end, firm: locator.end <= text.length }
    },
    locatorOf: ({ start, end }) => ({ type: 'pdf', page, start, end }),
  }
}
