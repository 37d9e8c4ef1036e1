import { type DomNode, isElement, isText, textLength } from './dom.ts'

/** The children of one parent by their CFI steps (CFI-1). */
interface Numbering {
  /** `elements[i]` is step `2 * (i + 1)`. */
  readonly elements: readonly DomNode[]
  /** Text nodes by odd step, in order. */
  readonly chunks: ReadonlyMap<number, readonly DomNode[]>
  /** Of elements and text nodes; others take the step of the text around them. */
  readonly steps: ReadonlyMap<DomNode, number>
  /** Of text nodes: characters of the same step that stand before. */
  readonly before: ReadonlyMap<DomNode, number>
  readonly indexes: ReadonlyMap<DomNode, number>
}

/**
 * Numbers children as CFI does: elements are 2, 4, 6…; the run of text and CDATA between two elements is one odd step even
 * when comments or processing instructions split it, or when it is empty. Remembers what it counted, so a document may
 * not change while one `ChildSteps` is used on it.
 */
export class ChildSteps {
  readonly #numberings = new Map<DomNode, Numbering>()

  stepOf(parent: DomNode, child: DomNode): number {
    return this.#of(parent).steps.get(child) ?? 0
  }

  elementAt(parent: DomNode, step: number): DomNode | undefined {
    return step % 2 === 0 ? this.#of(parent).elements[step / 2 - 1] : undefined
  }

  elementCount(parent: DomNode): number {
    return this.#of(parent).elements.length
  }

  /** The text nodes of an odd step; empty when nothing stands there. */
  textAt(parent: DomNode, step: number): readonly DomNode[] {
    return this.#of(parent).chunks.get(step) ?? []
  }

  /** Characters of its step that stand before a text node. */
  charactersBefore(parent: DomNode, text: DomNode): number {
    return this.#of(parent).before.get(text) ?? 0
  }

  /** Index in `childNodes`, as DOM ranges count. */
  indexOf(child: DomNode): number {
    return child.parentNode === null ? 0 : (this.#of(child.parentNode).indexes.get(child) ?? 0)
  }

  #of(parent: DomNode): Numbering {
    const known = this.#numberings.get(parent)
    if (known !== undefined) return known
    const numbering = number(parent)
    this.#numberings.set(parent, numbering)
    return numbering
  }
}

function number(parent: DomNode): Numbering {
  const elements: DomNode[] = []
  const chunks = new Map<number, DomNode[]>()
  const steps = new Map<DomNode, number>()
  const before = new Map<DomNode, number>()
  const indexes = new Map<DomNode, number>()
  let characters = 0
  for (const [index, node] of Array.from(parent.childNodes).entries()) {
    indexes.set(node, index)
    if (isElement(node)) {
      elements.push(node)
      characters = 0
    }
    const step = elements.length * 2 + (isElement(node) ? 0 : 1)
    steps.set(node, step)
    if (!isText(node)) continue
    before.set(node, characters)
    characters += textLength(node)
    const chunk = chunks.get(step)
    if (chunk === undefined) chunks.set(step, [node])
    else chunk.push(node)
  }
  return { elements, chunks, steps, before, indexes }
}
