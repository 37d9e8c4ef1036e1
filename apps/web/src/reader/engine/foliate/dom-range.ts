import type { DomRange } from '@stoa/locators'
import type { ScreenRect } from '../book-view.ts'

/** The browser's range of a locator's; the nodes are the document's own. */
export function browserRange(document: Document, { start, end }: DomRange): Range {
  const range = document.createRange()
  range.setStart(start.node as unknown as Node, start.offset)
  range.setEnd(end.node as unknown as Node, end.offset)
  return range
}

export const domRangeOf = (range: Range): DomRange => ({
  start: { node: range.startContainer, offset: range.startOffset },
  end: { node: range.endContainer, offset: range.endOffset },
})

/** Boxes of the text in a range, one per piece of line; in pixels of its own frame. Blocks and ruby readings give none. */
export function textRects(range: Range): DOMRect[] {
  const root = range.commonAncestorContainer
  const document = root.ownerDocument ?? (root as Document)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION)
  const rects: DOMRect[] = []
  for (
    let node: Node | null = root.nodeType === 1 ? walker.nextNode() : root;
    node;
    node = walker.nextNode()
  ) {
    if (!range.intersectsNode(node) || node.parentElement?.closest('rt, rp')) continue
    const piece = document.createRange()
    piece.selectNodeContents(node)
    if (node === range.startContainer) piece.setStart(node, range.startOffset)
    if (node === range.endContainer) piece.setEnd(node, range.endOffset)
    if (!/\S/u.test(piece.toString())) continue
    rects.push(...Array.from(piece.getClientRects()).filter((rect) => rect.width > 0.5 && rect.height > 0.5))
  }
  return rects
}

/** Pieces of the same line joined, so that nothing is painted twice. */
export function joinLines(rects: readonly DOMRect[], vertical: boolean): DOMRect[] {
  const lines: DOMRect[] = []
  for (const rect of rects) {
    const last = lines.at(-1)
    if (last && sameLine(last, rect, vertical)) lines[lines.length - 1] = union([last, rect])
    else lines.push(rect)
  }
  return lines
}

function sameLine(a: DOMRect, b: DOMRect, vertical: boolean): boolean {
  const [across, size] = vertical
    ? [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.width, b.width)]
    : [Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top), Math.min(a.height, b.height)]
  const gap = vertical
    ? Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom)
    : Math.max(a.left, b.left) - Math.min(a.right, b.right)
  return across > size * 0.5 && gap < size * 1.2
}

export function union(rects: readonly DOMRect[]): DOMRect {
  const left = Math.min(...rects.map((rect) => rect.left))
  const top = Math.min(...rects.map((rect) => rect.top))
  const right = Math.max(...rects.map((rect) => rect.right))
  const bottom = Math.max(...rects.map((rect) => rect.bottom))
  return new DOMRect(left, top, right - left, bottom - top)
}

/**
 * The visible part of boxes inside a frame, in pixels of the reader's page; undefined when none is visible. Frames of fixed
 * layouts are scaled, which their own rectangle shows.
 */
export function screenRect(
  rects: readonly DOMRect[],
  document: Document,
  view: DOMRect,
): ScreenRect | undefined {
  const frame = document.defaultView?.frameElement
  const box = frame?.getBoundingClientRect() ?? new DOMRect()
  const scale = frame instanceof HTMLElement && frame.offsetWidth > 0 ? box.width / frame.offsetWidth : 1
  const visible = rects
    .map(
      (rect) =>
        new DOMRect(
          box.left + rect.left * scale,
          box.top + rect.top * scale,
          rect.width * scale,
          rect.height * scale,
        ),
    )
    .filter(
      (rect) =>
        rect.right > view.left && rect.left < view.right && rect.bottom > view.top && rect.top < view.bottom,
    )
  if (visible.length === 0) return undefined
  const { left, top, width, height } = union(visible)
  return { left, top, width, height }
}
