import { LocatorError } from '../errors.ts'
import { ChildSteps } from './children.ts'
import { type DomNode, type DomPoint, type DomRange, idOf, isElement, isText, textLength } from './dom.ts'
import { rangeCfi } from './paths.ts'
import type { Cfi, CfiPath, CfiStep } from './types.ts'

/**
 * The CFI of a range inside one content document, without the spine part: `epubcfi(/4/2,/1:0,/1:5)`.
 * Put `indirectCfi(spinePath(i), …)` around it for a whole one.
 * @throws LocatorError `locator.detached_node` when an end hangs outside a document element.
 */
export function cfiFromRange(range: DomRange, steps = new ChildSteps()): Cfi {
  return rangeCfi(cfiFromPoint(range.start, steps), cfiFromPoint(range.end, steps))
}

/** CFI-2: text is named by character; a place between children by what follows it, else by the text after the last element. */
export function cfiFromPoint({ node, offset }: DomPoint, steps = new ChildSteps()): CfiPath {
  if (isText(node)) return textPath(node, offset, steps)
  const children = Array.from(node.childNodes)
  const next = children.slice(offset).find((child) => isElement(child) || isText(child))
  if (next !== undefined)
    return isText(next) ? textPath(next, 0, steps) : { documents: [stepsTo(next, steps)] }
  const last = children.findLast((child) => isElement(child) || isText(child))
  if (last === undefined) return { documents: [stepsTo(node, steps)] }
  if (isText(last)) return textPath(last, textLength(last), steps)
  const behind = { index: steps.stepOf(node, last) + 1 }
  return { documents: [[...stepsTo(node, steps), behind]], offset: { character: 0 } }
}

/** The CFI path of an element itself. */
export function cfiOfElement(element: DomNode): CfiPath {
  return { documents: [stepsTo(element, new ChildSteps())] }
}

function textPath(node: DomNode, offset: number, steps: ChildSteps): CfiPath {
  const parent = node.parentNode
  if (parent === null) throw detached()
  const character = steps.charactersBefore(parent, node) + Math.min(offset, textLength(node))
  return {
    documents: [[...stepsTo(parent, steps), { index: steps.stepOf(parent, node) }]],
    offset: { character },
  }
}

/** Steps from below the document element down to the element, each with its id. */
function stepsTo(element: DomNode, steps: ChildSteps): CfiStep[] {
  const path: CfiStep[] = []
  let node = element
  for (;;) {
    const parent = node.parentNode
    if (parent === null) throw detached()
    if (!isElement(parent)) return path.reverse()
    const id = idOf(node)
    const index = steps.stepOf(parent, node)
    path.push(id === undefined ? { index } : { index, id })
    node = parent
  }
}

function detached(): LocatorError {
  return new LocatorError('locator.detached_node', 'The node is not part of a document.')
}
