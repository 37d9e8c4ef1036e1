import type { BookView } from '../book-view.ts'

/** Points just inside the first and last character of words on screen, in pixels of the window. */
export interface Edges {
  readonly start: readonly [x: number, y: number]
  readonly end: readonly [x: number, y: number]
}

/** Documents on screen: those of the renderer's frames, or the page itself for PDF. */
export function documentsOf(view: BookView | undefined): { document: Document; root: Element }[] {
  const renderer = view?.element.firstElementChild as
    | { getContents?(): { doc: Document }[] }
    | null
    | undefined
  if (renderer?.getContents) {
    return renderer.getContents().map(({ doc }) => ({ document: doc, root: doc.body ?? doc.documentElement }))
  }
  return view ? [{ document, root: view.element }] : []
}

export function edgesOf(view: BookView | undefined, words: string): Edges {
  for (const { document, root } of documentsOf(view)) {
    const range = rangeOf(document, root, words)
    if (!range) continue
    const element = document.defaultView?.frameElement as HTMLElement | null | undefined
    const frame = element?.getBoundingClientRect() ?? new DOMRect()
    const scale = element ? frame.width / element.offsetWidth : 1
    const vertical = document.defaultView?.getComputedStyle(root).writingMode.startsWith('vertical') ?? false
    const rects = Array.from(range.getClientRects()).filter((rect) => rect.width > 0 && rect.height > 0)
    const first = rects[0] ?? new DOMRect()
    const last = rects.at(-1) ?? first
    const point = (x: number, y: number): readonly [number, number] => [
      frame.left + x * scale,
      frame.top + y * scale,
    ]
    return vertical
      ? {
          start: point(mid(first.left, first.right), first.top + 1),
          end: point(mid(last.left, last.right), last.bottom - 1),
        }
      : {
          start: point(first.left + 1, mid(first.top, first.bottom)),
          end: point(last.right - 1, mid(last.top, last.bottom)),
        }
  }
  throw new Error(`“${words}” is not on screen.`)
}

const mid = (a: number, b: number) => (a + b) / 2

/** The first place of the words, over element boundaries; ruby readings are passed over. */
function rangeOf(document: Document, root: Element, words: string): Range | undefined {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const nodes: { node: Node; start: number }[] = []
  let text = ''
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('rt, rp, style, script')) continue
    nodes.push({ node, start: text.length })
    text += node.nodeValue ?? ''
  }
  const at = text.indexOf(words)
  const place = (offset: number) => nodes.findLast(({ start }) => start <= offset)
  const [first, last] = [place(at), place(at + words.length - 1)]
  if (at < 0 || !first || !last) return undefined
  const range = document.createRange()
  range.setStart(first.node, at - first.start)
  range.setEnd(last.node, at + words.length - last.start)
  return range
}
