import type { PassageKind } from '../types.ts'
import { XmlElement, type XmlNode } from '../xml/tree.ts'
import type { Block } from './block.ts'
import { HeadingPath } from './heading-path.ts'
import { blockElements, headingLevel, isSilent, unitKind } from './roles.ts'
import { SectionText } from './section-text.ts'

/** What the table of contents knows about a section. */
export interface SectionOutline {
  /** Titles above the section's beginning. */
  path: readonly string[]
  /** Titles that begin at elements inside it, by id. */
  anchors: ReadonlyMap<string, readonly string[]>
}

export interface CollectedSection {
  section: SectionText
  /** In document order; headings included, each below its own title. */
  blocks: Block[]
}

/** Reads a content document into blocks, as a reader sees them: without scripts, ruby readings, note numbers and navigation. */
export function collectBlocks(
  root: XmlElement,
  outline: SectionOutline,
  language: string | undefined,
): CollectedSection {
  const collector = new Collector(outline)
  collector.walk(root, { language, verbatim: false })
  collector.endBlock()
  return { section: collector.section, blocks: collector.blocks }
}

interface Context {
  language: string | undefined
  verbatim: boolean
}

class Collector {
  readonly section = new SectionText()
  readonly blocks: Block[] = []
  readonly #outline: SectionOutline
  readonly #headings: HeadingPath
  /** The list, table, poem or note being read: its inner blocks are its lines. */
  #unit: PassageKind | undefined
  #kind: PassageKind = 'text'
  #language: string | undefined
  #blockStart = 0
  #lineStart = 0

  constructor(outline: SectionOutline) {
    this.#outline = outline
    this.#headings = new HeadingPath(outline.path)
  }

  walk(element: XmlElement, outer: Context): void {
    if (isSilent(element)) return
    this.#enterAnchor(element)
    const language = element.getAttribute('xml:lang') ?? element.getAttribute('lang') ?? outer.language
    const context = { language, verbatim: outer.verbatim || element.nodeName === 'pre' }
    const level = this.#unit ? 0 : headingLevel(element)
    const unit = this.#unit ? undefined : unitKind(element)
    if (level > 0) this.#heading(element, level, context)
    else if (unit) this.#wholeUnit(element, unit, context)
    else if (element.nodeName === 'br') this.#lineBreak()
    else if (blockElements.has(element.nodeName)) this.#block(element, context)
    else this.#children(element, context)
  }

  /** Ends the block being read, if it has text. */
  endBlock(): void {
    const end = this.section.inkEnd
    if (end > this.#blockStart) {
      const path = this.#headings.titles
      this.blocks.push({ kind: this.#kind, start: this.#blockStart, end, path, language: this.#language })
      this.section.appendLoose('\n')
    }
    this.#blockStart = this.section.length
    this.#lineStart = this.#blockStart
  }

  #children(element: XmlElement, context: Context): void {
    for (const child of element.childNodes) this.#child(child, context)
  }

  #child(node: XmlNode, context: Context): void {
    if (node instanceof XmlElement) {
      this.walk(node, context)
      return
    }
    if (this.section.length === this.#blockStart) this.#language = context.language
    if (context.verbatim) this.section.appendVerbatim(node)
    else this.section.append(node, this.#lineStart)
  }

  #block(element: XmlElement, context: Context): void {
    if (!this.#unit) {
      this.endBlock()
      this.#children(element, context)
      this.endBlock()
      return
    }
    // Cells stand side by side; everything else in a unit has a line of its own.
    const cell = element.nodeName === 'td' || element.nodeName === 'th'
    this.#separate(cell ? '\t' : '\n')
    this.#children(element, context)
    this.#separate(cell ? '\t' : '\n')
  }

  #wholeUnit(element: XmlElement, kind: PassageKind, context: Context): void {
    this.endBlock()
    this.#unit = kind
    this.#kind = kind
    this.#children(element, context)
    this.endBlock()
    this.#unit = undefined
    this.#kind = 'text'
  }

  #heading(element: XmlElement, level: number, context: Context): void {
    this.endBlock()
    this.#kind = 'heading'
    const { mark } = this.section
    this.#children(element, context)
    this.#headings.enter(level, this.section.since(mark))
    this.endBlock()
    this.#kind = 'text'
  }

  #lineBreak(): void {
    if (this.#kind === 'heading') this.#separate(' ')
    else if (this.section.length > this.#blockStart) this.#separate('\n')
  }

  /** Puts `separator` after what was read of the block; a new line takes the place of the end of a cell. */
  #separate(separator: '\n' | '\t' | ' '): void {
    if (separator === '\n') this.section.dropEnd('\t')
    const { last, length } = this.section
    if (length > this.#blockStart && last !== '\n' && last !== '\t') this.section.appendLoose(separator)
    this.#lineStart = this.section.length
  }

  #enterAnchor(element: XmlElement): void {
    const { anchors } = this.#outline
    if (anchors.size === 0 || this.#unit || element.attributes.size === 0) return
    // KF8 names elements by `aid`.
    const names = [element.getAttribute('id'), element.getAttribute('name'), element.getAttribute('aid')]
    const path = names.map((name) => (name === null ? undefined : anchors.get(name))).find((each) => each)
    if (!path) return
    this.endBlock()
    this.#headings.reset(path)
  }
}
