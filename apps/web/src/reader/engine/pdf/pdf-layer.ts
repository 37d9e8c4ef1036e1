import { normaliseQuads, type PdfPageText, type Quad, quadFromRect } from '@stoa/locators'
import type { PageViewport } from 'pdfjs-dist'
import { joinLines, textRects } from '../foliate/dom-range.ts'

/** The invisible text over a page's picture, and where each character of the page's text stands in it. */
export interface TextLayerMap {
  readonly container: HTMLElement
  /** One element for each text item, in order; those of empty items are not in the document. */
  readonly elements: readonly HTMLElement[]
  readonly text: PdfPageText
}

/** Offsets in the page's text of a DOM range over the layer; ends outside the layer count as its ends. */
export function spanOfLayerRange(
  layer: TextLayerMap,
  range: Range,
): { start: number; end: number } | undefined {
  const start = offsetOf(layer, range.startContainer, range.startOffset) ?? 0
  const end = offsetOf(layer, range.endContainer, range.endOffset) ?? layer.text.text.length
  return end > start ? { start, end } : undefined
}

/** The DOM range of a span of the page's text. */
export function layerRange(layer: TextLayerMap, start: number, end: number): Range | undefined {
  const first = pointOf(layer, start, false)
  const last = pointOf(layer, end, true)
  if (!first || !last) return undefined
  const range = layer.container.ownerDocument.createRange()
  range.setStart(first.node, first.offset)
  range.setEnd(last.node, last.offset)
  return range
}

/** Boxes of a range in user space, one for each line. `page` is the page's element. */
export function quadsOfRange(range: Range, page: HTMLElement, viewport: PageViewport): Quad[] {
  const box = page.getBoundingClientRect()
  const scale = viewport.width / box.width
  return normaliseQuads(
    joinLines(textRects(range), false).map((rect) => {
      const [x1, y1] = numbers(
        viewport.convertToPdfPoint((rect.left - box.left) * scale, (rect.top - box.top) * scale),
      )
      const [x2, y2] = numbers(
        viewport.convertToPdfPoint((rect.right - box.left) * scale, (rect.bottom - box.top) * scale),
      )
      return quadFromRect({
        left: Math.min(x1, x2),
        right: Math.max(x1, x2),
        bottom: Math.min(y1, y2),
        top: Math.max(y1, y2),
      })
    }),
  )
}

/** A quad as shares of the page's box, for an element over it that needs no redrawing when the page is scaled. */
export function boxOfQuad(
  quad: Quad,
  viewport: PageViewport,
): { left: number; top: number; width: number; height: number } {
  const [x1, y1] = numbers(viewport.convertToViewportPoint(quad[0], quad[1]))
  const [x2, y2] = numbers(viewport.convertToViewportPoint(quad[6], quad[7]))
  return {
    left: Math.min(x1, x2) / viewport.width,
    top: Math.min(y1, y2) / viewport.height,
    width: Math.abs(x2 - x1) / viewport.width,
    height: Math.abs(y2 - y1) / viewport.height,
  }
}

/** pdf.js types its points as lists of anything. */
function numbers([x, y]: readonly unknown[]): [number, number] {
  return [Number(x), Number(y)]
}

function offsetOf(
  { container, elements, text }: TextLayerMap,
  node: Node,
  offset: number,
): number | undefined {
  if (!container.contains(node)) return undefined
  const element = node instanceof HTMLElement ? node : node.parentElement
  const index = element === null ? -1 : elements.indexOf(element)
  if (index >= 0)
    return (
      (text.starts[index] ?? 0) +
      (node.nodeType === Node.TEXT_NODE ? offset : offset > 0 ? (element?.textContent?.length ?? 0) : 0)
    )
  const next = node.childNodes[offset] ?? null
  const following = elements.findIndex(
    (each) => each.isConnected && next !== null && (next === each || precedes(next, each)),
  )
  return following < 0 ? text.text.length : text.starts[following]
}

function precedes(a: Node, b: Node): boolean {
  return (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

function pointOf(
  { elements, text }: TextLayerMap,
  offset: number,
  end: boolean,
): { node: Node; offset: number } | undefined {
  let index = text.starts.findLastIndex((start) => (end ? start < offset : start <= offset))
  while (index >= 0 && !elements[index]?.firstChild) index += end ? -1 : 1
  const node = elements[index]?.firstChild
  if (!node) return undefined
  const length = node.nodeValue?.length ?? 0
  return { node, offset: Math.min(length, Math.max(0, offset - (text.starts[index] ?? 0))) }
}
