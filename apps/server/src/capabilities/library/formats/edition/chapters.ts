import { cleanText } from '../metadata/clean.ts'
import { headingLevel } from '../segment/roles.ts'
import { descendants, textContent } from '../xml/query.ts'
import { XmlElement, type XmlNode } from '../xml/tree.ts'
import { droppedElements } from './allowed.ts'
import { chapterFile, type EditionChapter } from './edition.ts'
import { escapeXml } from './escape.ts'
import type { PictureStore } from './pictures.ts'
import { type References, serialise } from './serialise.ts'

/** A chapter longer than this many characters goes on in another document: browsers lay out whole documents. */
const longestChapter = 120_000

/** Cuts the content of `body` into chapters at the highest heading that occurs more than once. */
export function cutChapters(body: XmlElement, pictures: PictureStore): EditionChapter[] {
  const level = chapterLevel(body)
  const drafts = cutNodes(flatten(body, level), level)
  const links = new Links(drafts)
  return drafts.map((draft, index) => ({
    body: serialise(draft.nodes, links.references(index, pictures)),
    title: draft.title,
    level: 0,
    headings: draft.title === undefined ? [] : headingsBelow(draft, level, links),
  }))
}

interface Draft {
  title: string | undefined
  nodes: XmlNode[]
}

/** The heading level that chapters begin at: the first of `h1`, `h2` … that stands there twice; 0 where none does. */
function chapterLevel(body: XmlElement): number {
  const counts = [0, 0, 0, 0, 0, 0, 0]
  for (const element of descendants(body)) {
    const level = headingLevel(element)
    counts[level] = (counts[level] ?? 0) + 1
  }
  const repeated = [1, 2, 3, 4, 5, 6].find((level) => (counts[level] ?? 0) > 1)
  return repeated ?? [1, 2, 3, 4, 5, 6].find((level) => counts[level] === 1) ?? 0
}

const containers = /^(div|section|article|main|center|body)$/

/** The nodes of `body` in order, with the containers around chapter headings, and those too long, opened up. */
function flatten(body: XmlElement, level: number): XmlNode[] {
  return body.childNodes.flatMap((node): XmlNode[] => {
    if (!(node instanceof XmlElement) || headingLevel(node) > 0) return [node]
    if (droppedElements.has(node.nodeName)) return []
    const long = containers.test(node.nodeName) && textContent(node).length > longestChapter
    return long || holdsLevel(node, level) ? flatten(node, level) : [node]
  })
}

function holdsLevel(element: XmlElement, level: number): boolean {
  for (const each of descendants(element)) {
    const found = headingLevel(each)
    if (found > 0 && found <= level) return true
  }
  return false
}

function cutNodes(nodes: readonly XmlNode[], level: number): Draft[] {
  const drafts: Draft[] = [{ title: undefined, nodes: [] }]
  let length = 0
  for (const node of nodes) {
    const found = node instanceof XmlElement ? headingLevel(node) : 0
    const begins = found > 0 && found <= level
    const size = textContent(node).length
    if (begins || length + size > longestChapter) {
      drafts.push({ title: begins ? titleOf(node) : undefined, nodes: [] })
      length = 0
    }
    drafts.at(-1)?.nodes.push(node)
    length += size
  }
  const filled = drafts.filter((draft) =>
    draft.nodes.some((node) => textContent(node).trim() !== '' || holdsPicture(node)),
  )
  return filled.length > 0 ? filled : drafts.slice(0, 1)
}

function holdsPicture(node: XmlNode): boolean {
  return node instanceof XmlElement && (node.nodeName === 'img' || !descendants(node, 'img').next().done)
}

function titleOf(node: XmlNode): string {
  return cleanText(textContent(node), 'title') ?? '…'
}

function headingsBelow(draft: Draft, level: number, links: Links): EditionChapter['headings'] {
  return draft.nodes.flatMap((node) => {
    const elements = node instanceof XmlElement ? [node, ...descendants(node)] : []
    return elements.flatMap((element) => {
      const depth = headingLevel(element)
      const id = depth > level ? links.idOf(element) : undefined
      return id === undefined ? [] : { title: titleOf(element), id, level: depth - level }
    })
  })
}

/** The ids of an edition, each used once, and the chapters they ended up in. */
class Links {
  readonly #ids = new Map<XmlElement, string>()
  readonly #chapterOf = new Map<string, number>()

  constructor(drafts: readonly Draft[]) {
    for (const [index, draft] of drafts.entries()) {
      for (const node of draft.nodes) if (node instanceof XmlElement) this.#register(node, index)
    }
  }

  idOf(element: XmlElement): string | undefined {
    return this.#ids.get(element)
  }

  references(chapter: number, pictures: PictureStore): References {
    return {
      picture: (src) => pictures.fromDataUri(src),
      link: (href) => this.#link(href.trim(), chapter),
      id: (element) => this.#ids.get(element),
    }
  }

  #link(href: string, chapter: number): string | undefined {
    if (/^(https?|mailto):/i.test(href)) return href
    if (!href.startsWith('#')) return undefined
    const target = this.#chapterOf.get(toId(decodeFragment(href.slice(1))))
    if (target === undefined) return undefined
    const id = toId(decodeFragment(href.slice(1)))
    return target === chapter ? `#${id}` : `${chapterFile(target)}#${id}`
  }

  #register(root: XmlElement, chapter: number): void {
    for (const element of [root, ...descendants(root)]) {
      const given =
        element.getAttribute('id') ?? (element.nodeName === 'a' ? element.getAttribute('name') : null)
      const heading = headingLevel(element) > 0
      if (given === null && !heading) continue
      const id = given ? toId(given) : `heading-${this.#chapterOf.size + 1}`
      if (this.#chapterOf.has(id)) continue
      this.#chapterOf.set(id, chapter)
      this.#ids.set(element, id)
    }
  }
}

/** An XML name that can also stand in a URL unencoded. */
function toId(text: string): string {
  const clean = text.replace(/[^\p{L}\p{N}_.-]/gu, '-')
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

/** A chapter of plain paragraphs. */
export function plainChapter(
  title: string | undefined,
  level: number,
  paragraphs: readonly string[],
): EditionChapter {
  const heading = title === undefined ? '' : `<h${level + 1}>${escapeXml(title)}</h${level + 1}>\n`
  const text = paragraphs.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`).join('\n')
  return { body: heading + text, title, level, headings: [] }
}
