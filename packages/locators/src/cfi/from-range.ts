import { LocatorError } from '../errors.ts'
import { stepOfChild, textChunk } from './children.ts'
import { type DomNode, type DomPoint, type DomRange, idOf, isElement, isText, textLength } from './dom.ts'
import { rangeCfi } from './paths.ts'
import type { Cfi, CfiPath, CfiStep } from './types.ts'

/**
 * The CFI of a range inside one content document, without the spine part: `epubcfi(/4/2,/1:0,/1:5)`.
 * Put `indirectCfi(spinePath(i), …)` around it for a whole one.
 * @throws LocatorError `locator.detached_node` when an end hangs outside a document element.
 */
export function cfiFromRange(range: DomRange): Cfi {
  return rangeCfi(cfiFromPoint(range.start), cfiFromPoint(range.end))
}

/** CFI-2: text is named by character; a place between children by what follows it, else by the text after the last element. */
export function cfiFromPoint({ node, offset }: DomPoint): CfiPath {
  if (isText(node)) return textPath(node, offset)
  const children = Array.from(node.childNodes)
  const next = children.slice(offset).find((child) => isElement(child) || isText(child))
  if (next !== undefined) return isText(next) ? textPath(next, 0) : { documents: [stepsTo(next)] }
  const last = children.findLast((child) => isElement(child) || isText(child))
  if (last === undefined) return { documents: [stepsTo(node)] }
  if (isText(last)) return textPath(last, textLength(last))
  return { documents: [[...stepsTo(node), { index: stepOfChild(node, last) + 1 }]], offset: { character: 0 } }
}

/** The CFI path of an element itself. */
export function cfiOfElement(element: DomNode): CfiPath {
  return { documents: [stepsTo(element)] }
}

function textPath(node: DomNode, offset: number): CfiPath {
  const parent = node.parentNode
  if (parent === null) throw detached()
  const index = stepOfChild(parent, node)
  let character = Math.min(offset, textLength(node))
  for (const sibling of textChunk(parent, index)) {
    if (sibling === node) break
    character += textLength(sibling)
  }
  return { documents: [[...stepsTo(parent), { index }]], offset: { character } }
}

/** Steps from below the document element down to the element, each with its id. */
function stepsTo(element: DomNode): CfiStep[] {
  const steps: CfiStep[] = []
  let node = element
  for (;;) {
    const parent = node.parentNode
    if (parent === null) throw detached()
    if (!isElement(parent)) return steps.reverse()
    const id = idOf(node)
    const index = stepOfChild(parent, node)
    steps.push(id === undefined ? { index } : { index, id })
    node = parent
  }
}

function detached(): LocatorError {
  return new LocatorError('locator.detached_node', 'The node is not part of a document.')
}
