import { type DomNode, isElement, isText } from './dom.ts'

/**
 * CFI-1: a child's step. Elements are 2, 4, 6…; the run of text and CDATA between two elements is one odd step even when
 * comments or processing instructions split it, or when it is empty.
 */
export function stepOfChild(parent: DomNode, child: DomNode): number {
  let elements = 0
  for (const node of Array.from(parent.childNodes)) {
    if (node === child) return isElement(node) ? (elements + 1) * 2 : elements * 2 + 1
    if (isElement(node)) elements++
  }
  return elements * 2 + 1
}

/** The text nodes of the odd step, in order; empty when nothing stands there. */
export function textChunk(parent: DomNode, step: number): DomNode[] {
  const chunk: DomNode[] = []
  let elements = 0
  for (const node of Array.from(parent.childNodes)) {
    if (isElement(node)) {
      elements++
      if (elements * 2 > step) break
    } else if (isText(node) && elements * 2 + 1 === step) chunk.push(node)
  }
  return chunk
}

/** The element at the even step, or undefined. */
export function elementAt(parent: DomNode, step: number): DomNode | undefined {
  let elements = 0
  for (const node of Array.from(parent.childNodes)) {
    if (isElement(node) && ++elements * 2 === step) return node
  }
  return undefined
}

export function elementCount(parent: DomNode): number {
  return Array.from(parent.childNodes).filter(isElement).length
}

/** Index in `childNodes`, as DOM ranges count. */
export function childIndex(child: DomNode): number {
  return child.parentNode === null ? 0 : Array.from(child.parentNode.childNodes).indexOf(child)
}
