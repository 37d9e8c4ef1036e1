import { makeQuote } from '@stoa/locators'
import type { SelectionDetail } from '../book-view.ts'
import { textRects, union } from '../foliate/dom-range.ts'
import { quadsOfRange, spanOfLayerRange } from './pdf-layer.ts'
import type { PdfPage } from './pdf-page.ts'
import { fractionOf } from './pdf-places.ts'

/** Handles move many times a second; what is selected matters when they rest. */
const SETTLE_MS = 120

/** What a selection over the text layers says. One that runs over several pages counts on the page it begins on. */
export function describePdfSelection(
  pages: readonly PdfPage[],
  selected: Range,
  language: string,
): SelectionDetail | undefined {
  const page = pages.find(
    ({ layer }) => layer && selected.intersectsNode(layer.container) && touches(selected, layer.container),
  )
  const { layer, viewport } = page ?? {}
  if (!page || !layer || !viewport) return undefined
  const range = clip(selected, layer.container)
  const span = spanOfLayerRange(layer, range)
  const text = span && layer.text.text.slice(span.start, span.end)
  if (!span || !text || text.trim() === '') return undefined
  const start = span.start + text.length - text.trimStart().length
  const end = span.end - text.length + text.trimEnd().length
  const rects = textRects(range)
  const { left, top, width, height } = rects.length > 0 ? union(rects) : page.element.getBoundingClientRect()
  const quote = makeQuote(layer.text.text, start, end)
  const quads = quadsOfRange(range, page.element, viewport)
  const begin = quads[0]?.[1]
  return {
    text: quote.exact,
    quote,
    locator: {
      type: 'pdf',
      page: page.index,
      start,
      end,
      quads,
      fraction: fractionOf({ page: page.index, ...(begin !== undefined && { top: begin }) }, pages),
    },
    rect: { left, top, width, height },
    language,
  }
}

function clip(range: Range, container: HTMLElement): Range {
  const clipped = range.cloneRange()
  if (!container.contains(range.startContainer)) clipped.setStart(container, 0)
  if (!container.contains(range.endContainer)) clipped.setEnd(container, container.childNodes.length)
  return clipped
}

/** A range that only brushes the edge of a layer selects nothing there. */
function touches(range: Range, container: HTMLElement): boolean {
  return clip(range, container).toString().trim() !== ''
}

/** Tells what is selected over the pages once it rests, and once when it is let go. */
export function watchPdfSelection(
  element: HTMLElement,
  describe: (range: Range) => SelectionDetail | undefined,
  tell: (detail: SelectionDetail | null) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = false
  const settle = () => {
    const selection = document.getSelection()
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined
    const detail = range && element.contains(range.commonAncestorContainer) ? describe(range) : undefined
    if (detail) tell(detail)
    else if (told) tell(null)
    told = detail !== undefined
  }
  document.addEventListener(
    'selectionchange',
    () => {
      clearTimeout(timer)
      timer = setTimeout(settle, SETTLE_MS)
    },
    { signal },
  )
  signal.addEventListener('abort', () => clearTimeout(timer))
}
