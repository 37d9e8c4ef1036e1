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
 * traceable to its node. One piece covers as many characters as run in step with the node. Built in chunks: reading the
 * end of a growing string would copy it every time.
 */
export class SectionText {
  /** Characters so far. */
  length = 0
  /** Where the last character stands that is not white space, plus one. */
  inkEnd = 0
  /** The last character, or nothing. */
  last = ''
  readonly #chunks: string[] = []
  readonly #starts: number[] = []
  readonly #nodes: XmlText[] = []
  readonly #offsets: number[] = []
  #node: XmlText | undefined
  /** Node offset minus text offset while they run in step. */
  #lead = 0

  /** The whole text; for when it is complete. */
  get text(): string {
    if (this.#chunks.length > 1) this.#chunks.splice(0, this.#chunks.length, this.#chunks.join(''))
    return this.#chunks[0] ?? ''
  }

  /** For `since`: a mark of the text's present end. */
  get mark(): number {
    return this.#chunks.length
  }

  /** What was appended since `mark`. */
  since(mark: number): string {
    return this.#chunks.slice(mark).join('')
  }

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
    this.#push(node.nodeValue)
  }

  /** Appends what stands in no node: a line break, a space between cells. */
  appendLoose(separator: '\n' | '\t' | ' '): void {
    this.#node = undefined
    this.#push(separator)
  }

  /** Takes a separator that `appendLoose` put at the end away again. */
  dropEnd(separator: '\t'): void {
    if (this.#node !== undefined || this.#chunks.at(-1) !== separator) return
    this.#chunks.pop()
    this.length--
    this.last = this.#chunks.at(-1)?.at(-1) ?? ''
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
    this.#push(value.slice(from + skip, to))
  }

  /** A run of white space becomes one space, or nothing: at the start of a line, and for a line break between Han characters. */
  #space(node: XmlText, value: string, at: number, length: number, lineStart: number): void {
    if (!this.#takesSpace(lineStart)) return
    const between = han.test(this.last) && han.test(value[at + length] ?? '')
    if (between && value.slice(at, at + length).includes('\n')) return
    this.#map(node, at)
    this.#push(' ')
  }

  #takesSpace(lineStart: number): boolean {
    return this.length > lineStart && !/\s/.test(this.last)
  }

  #push(text: string): void {
    if (text === '') return
    this.#chunks.push(text)
    let end = text.length
    while (end > 0 && /\s/.test(text.charAt(end - 1))) end--
    if (end > 0) this.inkEnd = this.length + end
    this.length += text.length
    this.last = text.charAt(text.length - 1)
  }

  #map(node: XmlText, offset: number): void {
    const lead = offset - this.length
    if (this.#node === node && this.#lead === lead) return
    this.#node = node
    this.#lead = lead
    this.#starts.push(this.length)
    this.#nodes.push(node)
    this.#offsets.push(offset)
  }
}
