import type { Location, RelocateReason } from '../book-view.ts'
import type { RendererLocation } from './foliate-types.ts'
import type { Progress } from './progress.ts'
import type { Sections } from './sections.ts'

/** What the renderer's place means in the book. */
export function locationOf(
  { range, index, fraction, size = 0 }: RendererLocation,
  reason: RelocateReason,
  sections: Sections,
  progress: Progress,
  pages: { readonly page: number; readonly pages: number },
): Location {
  const share = progress.at(index, fraction, size)
  const locator = range
    ? sections.locate(index, range.startContainer, range.startOffset, share.start)
    : sections.start(index, share.start)
  const start = range?.cloneRange()
  start?.collapse(true)
  const tocItem = progress.tocItem(index, start)
  const pageLabel = progress.pageLabel(index, start)
  return {
    locator,
    fraction: share.end,
    section: { index, total: sections.count, fraction },
    ...(tocItem ? { tocItem } : {}),
    ...(pageLabel ? { pageLabel } : {}),
    ...pages,
    remaining: { section: Math.max(0, share.sectionEnd - share.end), book: 1 - share.end },
    length: progress.length,
    reason,
  }
}

/** The renderer names the way it moved; nothing at all means a turn in scrolled flow. */
export function reasonOf(reason: string | null | undefined): RelocateReason {
  switch (reason) {
    case 'page':
    case 'snap':
    case null:
    case undefined:
      return 'page'
    case 'scroll':
      return 'scroll'
    case 'navigation':
    case 'selection':
      return 'jump'
    default:
      return 'layout'
  }
}
