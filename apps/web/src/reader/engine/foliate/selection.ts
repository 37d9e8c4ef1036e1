import { makeQuote } from '@stoa/locators'
import type { SelectionDetail } from '../book-view.ts'
import { domRangeOf, screenRect, textRects } from './dom-range.ts'
import type { Sections } from './sections.ts'

/** Handles move many times a second; what is selected matters when they rest. */
const SETTLE_MS = 120

/** Watches one document's selection; tells once it rests, and once when it is let go. */
export function watchSelection(
  document: Document,
  describe: (range: Range) => SelectionDetail | undefined,
  tell: (detail: SelectionDetail | null) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pressed = false
  let told = false
  const settle = () => {
    const selection = document.getSelection()
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined
    const detail = range && describe(range)
    if (detail) tell(detail)
    else if (told) tell(null)
    told = detail !== undefined
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(settle, SETTLE_MS)
  }
  document.addEventListener('selectionchange', () => {
    if (!pressed) later()
  })
  document.addEventListener('pointerdown', () => {
    pressed = true
    clearTimeout(timer)
  })
  for (const type of ['pointerup', 'pointercancel']) {
    document.addEventListener(type, () => {
      pressed = false
      later()
    })
  }
}

/**
 * What a selected range says and where it is; undefined when it holds no text. `shareOf`: the share of the book before a place
 * that lies so far inside a section, both 0 to 1.
 */
export function describeSelection(
  sections: Sections,
  index: number,
  document: Document,
  range: Range,
  view: DOMRect,
  shareOf: (index: number, inside: number) => number,
): SelectionDetail | undefined {
  const content = sections.live(document, index)
  const span = content.spanOfRange(domRangeOf(range))
  if (!span || content.text.slice(span.start, span.end).trim() === '') return undefined
  const { start, end } = trimmed(content.text, span)
  const rects = textRects(range)
  return {
    text: content.text
      .slice(start, end)
      .replaceAll(/[^\S\n]+/gu, ' ')
      .replaceAll(/\s*\n\s*/gu, '\n'),
    quote: makeQuote(content.text, start, end),
    locator: { ...content.locatorOf({ start, end }), fraction: shareOf(index, start / content.text.length) },
    rect: screenRect(rects, document, view) ?? { left: view.left, top: view.top, width: 0, height: 0 },
    language: languageAt(range.startContainer),
  }
}

/** A double click takes the space after a word along; a passage does not want it. */
function trimmed(
  text: string,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  const slice = text.slice(start, end)
  return {
    start: start + slice.length - slice.trimStart().length,
    end: end - slice.length + slice.trimEnd().length,
  }
}

export function languageAt(node: Node): string {
  const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement
  const holder = element?.closest('[lang], [*|lang]')
  return holder?.getAttribute('lang') ?? holder?.getAttribute('xml:lang') ?? ''
}
