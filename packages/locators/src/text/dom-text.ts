import { type DomNode, type DomPoint, type DomRange, isElement, isText, textLength } from '../cfi/dom.ts'

/** Where one text node stands in the plain text. `length` of `text` equals that of the node. */
interface Run {
  readonly node: DomNode
  readonly start: number
  readonly length: number
}

/** The plain text of a document or element, each character traceable to its node. */
export interface DomText {
  /** As read aloud: no ruby readings, scripts or styles; `\n` where a block begins or ends. */
  readonly text: string
  /** UTF-16 offset in `text` of a DOM boundary point (the nearest one when the node is left out). */
  offsetOf(point: DomPoint): number
  /** DOM range of `text.slice(start, end)`; shrinks onto text nodes. Undefined when the span has no text node. */
  rangeOf(start: number, end: number): DomRange | undefined
}

/** TXT-1: left out of quotes, offsets and search. */
const SKIPPED = new Set(['script', 'style', 'head', 'rt', 'rp', 'template', 'noscript'])
/** TXT-2: a line break is put around these where the source has none. */
const BLOCKS = new Set(
  'address article aside blockquote body br caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
)

/** Collects the text of `root` in document order. Linear in its nodes; no recursion, so depth costs nothing. */
export function domText(root: DomNode): DomText {
  const runs: Run[] = []
  const pieces = new Pieces()
  /** A node to enter, or the line break due after a block. */
  const pending: (DomNode | 'break')[] = [root]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === 'break') pieces.breakLine()
    else if (isText(next)) {
      runs.push({ node: next, start: pieces.length, length: textLength(next) })
      pieces.add(next.nodeValue ?? '')
    } else {
      const name = next.nodeName.toLowerCase().replace(/^.*:/u, '')
      if (SKIPPED.has(name)) continue
      if (isElement(next) && BLOCKS.has(name)) {
        pieces.breakLine()
        pending.push('break')
      }
      for (const child of Array.from(next.childNodes).reverse()) pending.push(child)
    }
  }
  const text = pieces.join()
  return { text, offsetOf: offsetIn(runs, text.length), rangeOf: rangeIn(runs) }
}

/** A text that grows. Looking at the end of a string that is being put together would copy all of it each time. */
class Pieces {
  readonly #pieces: string[] = []
  length = 0

  add(piece: string): void {
    if (piece === '') return
    this.#pieces.push(piece)
    this.length += piece.length
  }

  breakLine(): void {
    if (this.length > 0 && !this.#pieces.at(-1)?.endsWith('\n')) this.add('\n')
  }

  join(): string {
    return this.#pieces.join('')
  }
}

function rangeIn(runs: readonly Run[]): DomText['rangeOf'] {
  const filled = runs.filter((run) => run.length > 0)
  return (start, end) => {
    const stop = Math.max(end, start + 1)
    const first = filled[partition(filled, (run) => run.start + run.length <= start)]
    const last = filled[partition(filled, (run) => run.start < stop) - 1]
    if (first === undefined || last === undefined || last.start < first.start) return undefined
    return {
      start: { node: first.node, offset: Math.max(0, start - first.start) },
      end: { node: last.node, offset: Math.min(last.length, Math.max(0, end - last.start)) },
    }
  }
}

/** How many leading runs satisfy the test; the runs are ordered. */
function partition(runs: readonly Run[], test: (run: Run) => boolean): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    const run = runs[middle]
    if (run !== undefined && test(run)) low = middle + 1
    else high = middle
  }
  return low
}

function offsetIn(runs: readonly Run[], total: number): DomText['offsetOf'] {
  const byNode = new Map(runs.map((run) => [run.node, run]))
  return ({ node, offset }) => {
    const run = byNode.get(node)
    if (run !== undefined) return run.start + Math.min(offset, run.length)
    const child = isText(node) ? undefined : node.childNodes[offset]
    const mark = child ?? node
    const inside = child !== undefined || isText(node)
    return runs[partition(runs, (each) => comparePosition(each.node, mark, inside) < 0)]?.start ?? total
  }
}

/** Order of `node` against `mark` in the document: ≥ 0 at or after it (after all of it unless `inside`). */
function comparePosition(node: DomNode, mark: DomNode, inside: boolean): number {
  const a = ancestry(node)
  const b = ancestry(mark)
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = a[i]
    const y = b[i]
    if (y === undefined) return inside ? 0 : -1
    if (x === undefined) return -1
    if (x !== y) return x - y
  }
  return 0
}

function ancestry(node: DomNode): number[] {
  const indexes: number[] = []
  for (let at: DomNode = node; at.parentNode !== null; at = at.parentNode) {
    indexes.push(Array.from(at.parentNode.childNodes).indexOf(at))
  }
  return indexes.reverse()
}
