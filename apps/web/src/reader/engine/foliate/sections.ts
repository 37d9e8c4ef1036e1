import {
  type Cfi,
  type CfiPath,
  cfiFromPoint,
  collapseCfi,
  type DomSectionText,
  epubSection,
  indirect,
  type Locator,
  parseCfi,
  rangeFromCfi,
  readCfi,
  type SectionText,
  serialiseCfi,
  spinePath,
  type TextModel,
} from '@stoa/locators'
import { sectionDocument } from '../security/protect-book.ts'
import { browserRange } from './dom-range.ts'
import type { FoliateBook } from './foliate-types.ts'

/** Parsed sections kept for search and anchoring; a chapter's DOM is some ten times its text. */
const KEPT = 4

/** A book's sections as text with locators: those on screen by their live documents, others parsed when asked for. */
export class Sections implements TextModel {
  readonly #book: FoliateBook
  readonly #bases: readonly CfiPath[]
  readonly #indexByItem = new Map<number, number>()
  readonly #live = new Map<number, Document>()
  readonly #texts = new WeakMap<Document, DomSectionText>()
  readonly #parsed = new Map<number, Promise<SectionText | undefined>>()

  constructor(book: FoliateBook) {
    this.#book = book
    this.#bases = book.sections.map(({ cfi }, index) => (cfi ? collapseCfi(parseCfi(cfi)) : spinePath(index)))
    for (const [index, base] of this.#bases.entries()) {
      const item = base.documents[0]?.at(-1)?.index
      if (item !== undefined) this.#indexByItem.set(item, index)
    }
  }

  get count(): number {
    return this.#book.sections.length
  }

  /** The section that a locator's spine step names, else the one stored with it. */
  indexOf(locator: Locator): number | undefined {
    if (locator.type !== 'epub') return undefined
    const cfi = readCfi(locator.cfi)
    const item = cfi && collapseCfi(cfi).documents[0]?.at(-1)?.index
    const index = (item === undefined ? undefined : this.#indexByItem.get(item)) ?? locator.sectionIndex
    return index !== undefined && index < this.count ? index : undefined
  }

  attach(index: number, document: Document): void {
    this.#live.set(index, document)
  }

  detach(index: number): void {
    this.#live.delete(index)
  }

  /** The text of a document on screen. */
  live(document: Document, index: number): DomSectionText {
    const known = this.#texts.get(document)
    if (known) return known
    const text = epubSection(document, index, this.#bases[index])
    this.#texts.set(document, text)
    return text
  }

  section(index: number): Promise<SectionText | undefined> {
    const live = this.#live.get(index)
    if (live) return Promise.resolve(this.live(live, index))
    const known = this.#parsed.get(index)
    if (known) return known
    const parsed = sectionDocument(this.#book, index)
      .then((document) => document && epubSection(document, index, this.#bases[index]))
      .catch(() => undefined)
    this.#parsed.set(index, parsed)
    const oldest = this.#parsed.keys().next().value
    if (this.#parsed.size > KEPT && oldest !== undefined) this.#parsed.delete(oldest)
    return parsed
  }

  /** A parsed document for notes and links: never one that is on screen. */
  document(index: number): Promise<Document | undefined> {
    return sectionDocument(this.#book, index)
  }

  /** The place of a boundary point on screen. */
  locate(index: number, node: Node, offset: number, fraction: number): Locator {
    const path = indirect(this.#bases[index] ?? spinePath(index), cfiFromPoint({ node, offset }))
    return this.#locator({ kind: 'point', path }, index, fraction)
  }

  /** The place of a whole section, for those without text. */
  start(index: number, fraction: number): Locator {
    const { documents } = this.#bases[index] ?? spinePath(index)
    return this.#locator({ kind: 'point', path: { documents: [...documents, []] } }, index, fraction)
  }

  /** Where a locator points in a document of its section. */
  rangeIn(document: Document, locator: Locator): Range | undefined {
    const cfi = locator.type === 'epub' ? readCfi(locator.cfi) : undefined
    const found = cfi && rangeFromCfi(document, cfi)
    return found && browserRange(document, found.range)
  }

  #locator(cfi: Cfi, sectionIndex: number, fraction: number): Locator {
    return { type: 'epub', cfi: serialiseCfi(cfi), sectionIndex, fraction }
  }
}
