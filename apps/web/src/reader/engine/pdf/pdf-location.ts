import type { Location, RelocateReason, TocItem } from '../book-view.ts'
import type { PdfScroller } from './pdf-scroller.ts'

/** A chapter of the outline and the page it begins on, in order. */
export interface Chapter {
  readonly item: TocItem
  readonly page: number
}

/** Where the window stands in the file. */
export function pdfLocation(
  scroller: PdfScroller,
  chapters: readonly Chapter[],
  labels: readonly string[] | null,
  reason: RelocateReason,
): Location {
  const total = scroller.pages.length
  const page = scroller.current
  const top = scroller.top
  const start = (top.page + top.offset) / total
  const end = Math.max(start, scroller.end)
  const tocItem = chapterAt(chapters, page)?.item
  const pageLabel = labels?.[page]
  const chapterEnd = chapters.find((chapter) => chapter.page > page)?.page ?? total
  return {
    locator: { type: 'pdf', page, fraction: start },
    fraction: end,
    section: { index: page, total, fraction: top.page === page ? top.offset : 0 },
    ...(tocItem ? { tocItem } : {}),
    ...(pageLabel ? { pageLabel } : {}),
    page: page + 1,
    pages: total,
    remaining: { section: Math.max(0, chapterEnd / total - end), book: 1 - end },
    length: 0,
    reason,
  }
}

export function chapterAt(chapters: readonly Chapter[], page: number): Chapter | undefined {
  return chapters.findLast((chapter) => chapter.page <= page)
}
