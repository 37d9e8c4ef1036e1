import { FileTooComplexError } from '../errors.ts'
import { limits } from '../limits.ts'

/**
 * The little of a DOM that books need, shaped like one so that `@stoa/locators` can number it. Comments and processing
 * instructions are left out and the character data between two elements is one node, just as EPUB CFI counts.
 */
export type XmlNode = XmlElement | XmlText

export class XmlText {
  readonly nodeType = 3
  readonly nodeName = '#text'
  readonly childNodes: readonly XmlNode[] = []
  readonly parentNode: XmlElement
  nodeValue: string
  /** EPUB CFI step among its siblings: odd. */
  readonly step: number

  constructor(parent: XmlElement, value: string, step: number) {
    this.parentNode = parent
    this.nodeValue = value
    this.step = step
  }
}

export class XmlElement {
  readonly nodeType = 1
  readonly nodeValue = null
  /** Local name; lower case in HTML. */
  readonly nodeName: string
  readonly childNodes: XmlNode[] = []
  readonly parentNode: XmlElement | null
  /** By qualified name, with the usual prefixes: `epub:type`, `xlink:href`, `xml:lang`, `opf:role`. */
  readonly attributes: ReadonlyMap<string, string>
  /** EPUB CFI step among its siblings: even. */
  readonly step: number
  #elements = 0

  constructor(parent: XmlElement | null, name: string, attributes: ReadonlyMap<string, string>) {
    this.parentNode = parent
    this.nodeName = name
    this.attributes = attributes
    this.step = parent ? parent.#add(this) : 0
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }

  appendText(value: string): void {
    const last = this.childNodes.at(-1)
    if (last instanceof XmlText) last.nodeValue += value
    else this.childNodes.push(new XmlText(this, value, this.#elements * 2 + 1))
  }

  #add(child: XmlElement): number {
    this.childNodes.push(child)
    this.#elements++
    return this.#elements * 2
  }
}

/** Counts what a parser builds and stops it where a book would not go. */
export class TreeBudget {
  readonly #part: string
  #nodes = 0

  constructor(part: string) {
    this.#part = part
  }

  /** Throws `FileTooComplexError` when the document has too many nodes or nests too deep. */
  spend(depth: number): void {
    if (++this.#nodes > limits.nodes || depth > limits.depth)
      throw new FileTooComplexError({ part: this.#part })
  }
}
