import { cleanText } from '../metadata/clean.ts'
import { parseHtml } from '../xml/parse-html.ts'
import { descendants, plainText } from '../xml/query.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { MobiHeader } from './header.ts'
import { readIndex } from './index-records.ts'
import type { PalmDatabase } from './pdb.ts'
import { readText } from './text.ts'
import type { MobiText, MobiTocItem } from './types.ts'

const pageBreak = /<\s*(?:mbp:)?pagebreak[^>]*>/gi

/** MOBI 6: one HTML text, divided at page breaks, with links by byte position. */
export async function readMobi6(
  database: PalmDatabase,
  header: MobiHeader,
  start: number,
): Promise<MobiText> {
  const text = Buffer.from(await readText(database, header, start))
  if (text.length < header.textLength) throw new RangeError('text shorter than declared')
  const book = new Mobi6Text(text, header.encoding)
  const sections = book.parts.map((part, index) => ({
    bytes: part.end - part.start,
    linear: true,
    parse: () => book.parse(index),
  }))
  const toc = header.ncx === undefined ? [] : await readToc(database, start + header.ncx, book)
  return { sections, toc: toc.length > 0 ? toc : book.guideToc() }
}

interface Part {
  start: number
  end: number
}

interface LinkTarget {
  position: number
  /** The position as links write it, leading zeros and all. */
  text: string
}

/**
 * The text in the sections that foliate-js makes of it. Where links lead it puts an anchor element, which counts in CFIs;
 * but not in the first section and the table of contents, which it reads before it knows where links lead.
 */
class Mobi6Text {
  readonly parts: readonly Part[]
  readonly #text: Buffer
  readonly #decode: (bytes: Uint8Array) => string
  readonly #targets: readonly LinkTarget[]
  readonly #tocPart: number

  constructor(text: Buffer, encoding: string) {
    const latin = text.toString('latin1')
    const breaks = Array.from(latin.matchAll(pageBreak), ({ index }) => index)
    this.#text = text
    const decoder = new TextDecoder(encoding)
    this.#decode = (bytes) => decoder.decode(bytes)
    this.parts = [0, ...breaks].map((start, i) => ({ start, end: breaks[i] ?? latin.length }))
    this.#targets = linkTargets(latin)
    const reference = [...descendants(this.#parsePlain(0), 'reference')].find((each) => {
      return each.getAttribute('type')?.split(/\s/).includes('toc')
    })
    const position = Number(reference?.getAttribute('filepos') ?? Number.NaN)
    this.#tocPart = Number.isNaN(position) ? -1 : this.#partAt(position)
  }

  parse(index: number): XmlElement {
    return this.#isPlain(index) ? this.#parsePlain(index) : this.#parseBytes(this.#withAnchors(index), index)
  }

  /** The entry for a place in the text. */
  tocItem(title: string, position: number, written?: string): MobiTocItem {
    const text =
      written ?? this.#targets.find((target) => target.position === position)?.text ?? String(position)
    const sectionIndex = this.#partAt(position)
    const anchor = this.#isPlain(sectionIndex) ? undefined : `filepos${text}`
    return { title, href: `filepos:${text}`, sectionIndex, anchor, children: [] }
  }

  /** The links of the page that the guide calls the table of contents. */
  guideToc(): MobiTocItem[] {
    if (this.#tocPart < 0) return []
    return [...descendants(this.#parsePlain(this.#tocPart), 'a')].flatMap((link) => {
      const text = link.getAttribute('filepos')
      const title = cleanText(plainText(link))
      return text && title ? this.tocItem(title, Number(text), text) : []
    })
  }

  #isPlain(index: number): boolean {
    return index === 0 || index === this.#tocPart
  }

  #parsePlain(index: number): XmlElement {
    const part = this.parts[index]
    return this.#parseBytes(this.#text.subarray(part?.start, part?.end), index)
  }

  #parseBytes(bytes: Uint8Array, index: number): XmlElement {
    return parseHtml(this.#decode(bytes).replace(pageBreak, ''), `section ${index + 1}`)
  }

  #withAnchors(index: number): Buffer {
    const { start, end } = this.parts[index] ?? { start: 0, end: 0 }
    const pieces: Buffer[] = []
    let from = start
    for (const target of this.#targets) {
      if (target.position < start || target.position >= end) continue
      const anchor = Buffer.from(`<a id="filepos${target.text}"></a>`)
      pieces.push(this.#text.subarray(from, target.position), anchor)
      from = target.position
    }
    return Buffer.concat([...pieces, this.#text.subarray(from, end)])
  }

  /** As foliate-js resolves: the first section that ends after the position. */
  #partAt(position: number): number {
    const index = this.parts.findIndex(({ end }) => end > position)
    return index < 0 ? this.parts.length - 1 : index
  }
}

/** Places that links lead to, in order. */
function linkTargets(latin: string): LinkTarget[] {
  const links = latin.matchAll(/<[^<>]+filepos=['"]{0,1}(\d+)[^<>]*>/gi)
  const texts = new Set(Array.from(links, (match) => match[1] ?? ''))
  return Array.from(texts, (text) => ({ text, position: Number(text) })).sort(
    (a, b) => a.position - b.position,
  )
}

/** The index of the table of contents: positions, titles and depth. Empty when it cannot be read. */
async function readToc(database: PalmDatabase, record: number, book: Mobi6Text): Promise<MobiTocItem[]> {
  const index = await readIndex(database, record).catch(() => undefined)
  const toc: MobiTocItem[] = []
  const stack: { level: number; items: MobiTocItem[] }[] = [{ level: -1, items: toc }]
  for (const { tags } of index?.entries ?? []) {
    const title = cleanText(index?.strings.get(tags.get(3)?.[0] ?? -1))
    const position = tags.get(1)?.[0]
    const level = tags.get(4)?.[0] ?? 0
    if (!title || position === undefined) continue
    const item = book.tocItem(title, position)
    while (stack.length > 1 && (stack.at(-1)?.level ?? -1) >= level) stack.pop()
    stack.at(-1)?.items.push(item)
    stack.push({ level, items: item.children })
  }
  return toc
}
