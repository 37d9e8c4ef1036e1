import type { XmlText } from '../xml/tree.ts'

/** A place in the document: UTF-16 offset in a text node. */
export interface TextPoint {
  node: XmlText
  offset: number
}

const irregular = /[ \t\n\f\r]{2,}|[\t\n\f\r]/g
const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/

/**
 * The readable text of a section, put together from text nodes with white space collapsed as CSS does, each character
 * traceable to its node. One piece covers as many characters as run in step with the node.
 */
export class SectionText {
  text = ''
  readonly #starts: number[] = []
  readonly #nodes: XmlText[] = []
  readonly #offsets: number[] = []
  #node: XmlText | undefined
  /** Node offset minus text offset while they run in step. */
  #lead = 0

  /** Appends the node's text; `lineStart` is where leading space is dropped. */
  append(node: XmlText, lineStart: number): void {
    const value = node.nodeValue
    let from = 0
    for (const match of value.matchAll(irregular)) {
      this.#plain(node, value, from, match.index, lineStart)
      this.#space(node, value, match.index, match[0].length, lineStart)
      from = match.index + match[0].length
    }
    this.#plain(node, value, from, value.length, lineStart)
  }

  /** Appends the node's text as it is, for preformatted text. */
  appendVerbatim(node: XmlText): void {
    this.#map(node, 0)
    this.text += node.nodeValue
  }

  /** Appends what stands in no node: a line break, a space between cells. */
  appendLoose(separator: string): void {
    this.#node = undefined
    this.text += separator
  }

  /** Takes a separator that `appendLoose` put at the end away again. */
  dropEnd(separator: string): void {
    if (this.#node === undefined && this.text.endsWith(separator))
      this.text = this.text.slice(0, -separator.length)
  }

  /** Where the character at `offset` stands; the nearest one before it if it stands in no node. */
  pointAt(offset: number): TextPoint | undefined {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const node = this.#nodes[low - 1]
    if (!node) return undefined
    const inNode = (this.#offsets[low - 1] ?? 0) + offset - (this.#starts[low - 1] ?? 0)
    return { node, offset: Math.min(inNode, node.nodeValue.length) }
  }

  #plain(node: XmlText, value: string, from: number, to: number, lineStart: number): void {
    const skip = value[from] === ' ' && !this.#takesSpace(lineStart) ? 1 : 0
    if (from + skip >= to) return
    this.#map(node, from + skip)
    this.text += value.slice(from + skip, to)
  }

  /** A run of white space becomes one space, or nothing: at the start of a line, and for a line break between Han characters. */
  #space(node: XmlText, value: string, at: number, length: number, lineStart: number): void {
    if (!this.#takesSpace(lineStart)) return
    const between = han.test(this.text.at(-1) ?? '') && han.test(value[at + length] ?? '')
    if (between && value.slice(at, at + length).includes('\n')) return
    this.#map(node, at)
    this.text += ' '
  }

  #takesSpace(lineStart: number): boolean {
    return this.text.length > lineStart && !/\s/.test(this.text.at(-1) ?? '')
  }

  #map(node: XmlText, offset: number): void {
    const lead = offset - this.text.length
    if (this.#node === node && this.#lead === lead) return
    this.#node = node
    this.#lead = lead
    this.#starts.push(this.text.length)
    this.#nodes.push(node)
    this.#offsets.push(offset)
  }
}
