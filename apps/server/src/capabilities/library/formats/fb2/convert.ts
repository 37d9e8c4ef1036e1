import type { EditionChapter } from '../edition/edition.ts'
import { escapeXml } from '../edition/escape.ts'
import { cleanText } from '../metadata/clean.ts'
import { childElement, childElements, descendants, plainText } from '../xml/query.ts'
import { XmlElement, type XmlNode } from '../xml/tree.ts'

/** Inline elements of FictionBook 2 and what they are in XHTML. */
const inline: Readonly<Record<string, string>> = {
  strong: 'strong',
  emphasis: 'em',
  style: 'span',
  strikethrough: 's',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
}

const blocks: Readonly<Record<string, string>> = {
  p: 'p',
  subtitle: 'h4',
  'text-author': 'p',
  date: 'p',
  v: 'p',
  cite: 'blockquote',
  epigraph: 'blockquote',
  annotation: 'blockquote',
  poem: 'blockquote',
  stanza: 'div',
  table: 'table',
  tr: 'tr',
  th: 'th',
  td: 'td',
}

export interface Fb2Links {
  /** File of the picture with this binary id. */
  picture(id: string): string | undefined
  /** Reference to the element with this id, from the chapter being written. */
  target(id: string, chapter: number): string | undefined
}

/** One document of the edition: a section of the main body, or a whole body of notes. */
export interface Fb2Draft {
  element: XmlElement
  notes: boolean
}

/** The documents of a book: what stands before the first section, each section of the main body, each other body. */
export function draftsOf(root: XmlElement): Fb2Draft[] {
  return childElements(root, 'body').flatMap((body, i): Fb2Draft[] => {
    const notes = i > 0 || /notes|comments/i.test(body.getAttribute('name') ?? '')
    const sections = childElements(body, 'section')
    if (notes || sections.length === 0) return [{ element: body, notes }]
    const front = childElements(body).some((element) => element.nodeName !== 'section')
    return [
      ...(front ? [{ element: frontMatter(body), notes }] : []),
      ...sections.map((element) => ({ element, notes })),
    ]
  })
}

/** The body's own title, epigraph and picture, as a section. */
function frontMatter(body: XmlElement): XmlElement {
  const front = new XmlElement(null, 'section', new Map())
  for (const child of childElements(body)) if (child.nodeName !== 'section') front.childNodes.push(child)
  return front
}

/** Writes one document as XHTML. */
export function convertDraft({ element, notes }: Fb2Draft, chapter: number, links: Fb2Links): EditionChapter {
  const writer = new Writer(chapter, links)
  const body = notes ? writer.notes(element) : writer.section(element, 1)
  const title = cleanText(plainText(childElement(element, 'title')), 'title')
  return { body, title: title ?? (notes ? '*' : undefined), level: 0, headings: writer.headings }
}

class Writer {
  readonly headings: { title: string; id: string; level: number }[] = []
  readonly #chapter: number
  readonly #links: Fb2Links

  constructor(chapter: number, links: Fb2Links) {
    this.#chapter = chapter
    this.#links = links
  }

  section(section: XmlElement, depth: number): string {
    const parts = section.childNodes.map((node) => {
      if (!(node instanceof XmlElement)) return ''
      if (node.nodeName === 'section') return this.section(node, depth + 1)
      if (node.nodeName === 'title') return this.#title(node, depth)
      return this.#block(node)
    })
    return `<section${idOf(section)}>${parts.join('\n')}</section>`
  }

  /** Notes become footnotes, which the reader shows where they are referred to. */
  notes(body: XmlElement): string {
    const parts = childElements(body).map((node) => {
      if (node.nodeName === 'title') return this.#title(node, 1)
      if (node.nodeName !== 'section') return this.#block(node)
      return `<aside epub:type="footnote"${idOf(node)}>${this.#children(node)}</aside>`
    })
    return `<section>${parts.join('\n')}</section>`
  }

  #title(title: XmlElement, depth: number): string {
    const level = Math.min(depth, 6)
    const lines = childElements(title, 'p').map((line) => this.#inlines(line))
    const text = cleanText(plainText(title), 'title')
    const id = `title-${this.#chapter + 1}-${this.headings.length + 1}`
    if (depth > 1 && text) this.headings.push({ title: text, id, level: depth - 1 })
    return `<h${level}${depth > 1 ? ` id="${id}"` : ''}>${lines.join('<br/>')}</h${level}>`
  }

  #block(element: XmlElement): string {
    const { nodeName } = element
    if (nodeName === 'empty-line') return '<p><br/></p>'
    if (nodeName === 'image') return `<figure>${this.#image(element)}</figure>`
    if (nodeName === 'title') return this.#paragraphTitle(element)
    const name = blocks[nodeName]
    if (!name) return this.#children(element)
    const type = nodeName === 'poem' ? ' epub:type="z3998:verse"' : ''
    const content = /^(p|subtitle|text-author|date|v|th|td)$/.test(nodeName)
      ? this.#inlines(element)
      : this.#children(element)
    return `<${name}${idOf(element)}${type}>${content}</${name}>`
  }

  /** Titles of poems and notes: no chapter begins there. */
  #paragraphTitle(title: XmlElement): string {
    return childElements(title, 'p')
      .map((line) => `<p><strong>${this.#inlines(line)}</strong></p>`)
      .join('')
  }

  #children(element: XmlElement): string {
    return childElements(element)
      .map((child) => this.#block(child))
      .join('\n')
  }

  #inlines(element: XmlElement): string {
    return element.childNodes.map((node) => this.#inlineNode(node)).join('')
  }

  #inlineNode(node: XmlNode): string {
    if (!(node instanceof XmlElement)) return escapeXml(node.nodeValue)
    if (node.nodeName === 'image') return this.#image(node)
    if (node.nodeName === 'a') return this.#link(node)
    const name = inline[node.nodeName]
    return name ? `<${name}>${this.#inlines(node)}</${name}>` : this.#inlines(node)
  }

  #link(link: XmlElement): string {
    const href = hrefOf(link)
    const note = link.getAttribute('type') === 'note' ? ' epub:type="noteref"' : ''
    const target = href.startsWith('#')
      ? this.#links.target(href.slice(1), this.#chapter)
      : /^(https?|mailto):/i.test(href)
        ? href
        : undefined
    const text = this.#inlines(link)
    return target === undefined ? text : `<a href="${escapeXml(target)}"${note}>${text}</a>`
  }

  #image(image: XmlElement): string {
    const file = this.#links.picture(hrefOf(image).replace(/^#/, ''))
    return file ? `<img src="${file}" alt="${escapeXml(image.getAttribute('alt') ?? '')}"/>` : ''
  }
}

export function hrefOf(element: XmlElement): string {
  return element.getAttribute('xlink:href') ?? element.getAttribute('href') ?? ''
}

function idOf(element: XmlElement): string {
  const id = element.getAttribute('id')
  return id ? ` id="${escapeXml(fb2Id(id))}"` : ''
}

/** An id that can stand in XML and after `#`. */
export function fb2Id(id: string): string {
  return `n-${id.replace(/[^\p{L}\p{N}_.-]/gu, '-')}`
}

/** All ids below `element`, itself included. */
export function idsOf(element: XmlElement): string[] {
  return [element, ...descendants(element)].flatMap((each) => each.getAttribute('id') ?? [])
}
