import { XmlElement, type XmlNode } from '../xml/tree.ts'
import {
  allowedElements,
  droppedElements,
  isKeptAttribute,
  renamedElements,
  voidElements,
} from './allowed.ts'
import { escapeXml } from './escape.ts'

/** Decides what becomes of the parts of markup that lead elsewhere. */
export interface References {
  /** File for the picture, or nothing: its description stands in for it. */
  picture(src: string): string | undefined
  /** Where the link leads now; nothing for a link that would lead nowhere. */
  link(href: string): string | undefined
  /** The id, if it may be used here. */
  id(element: XmlElement): string | undefined
}

/**
 * Writes the nodes as well-formed XHTML of allowed elements and attributes only. Nothing that is not on the list can come
 * out: unknown elements give way to their content, dangerous ones go with it.
 */
export function serialise(nodes: readonly XmlNode[], references: References): string {
  let markup = ''
  for (const node of nodes) {
    markup += node instanceof XmlElement ? serialiseElement(node, references) : escapeXml(node.nodeValue)
  }
  return markup
}

function serialiseElement(element: XmlElement, references: References): string {
  const { nodeName } = element
  if (droppedElements.has(nodeName) || element.attributes.has('hidden')) return ''
  if (nodeName === 'img' || nodeName === 'image') return serialisePicture(element, references)
  const name = renamedElements[nodeName] ?? nodeName
  if (!allowedElements.has(name)) return serialise(element.childNodes, references)
  const attributes = attributesOf(element, name, references)
  if (voidElements.has(name)) return `<${name}${attributes}/>`
  return `<${name}${attributes}>${serialise(element.childNodes, references)}</${name}>`
}

function serialisePicture(element: XmlElement, references: References): string {
  const src = element.getAttribute('src') ?? element.getAttribute('xlink:href') ?? ''
  const alt = element.getAttribute('alt') ?? ''
  const file = references.picture(src)
  return file ? `<img src="${escapeXml(file)}" alt="${escapeXml(alt)}"/>` : escapeXml(alt)
}

function attributesOf(element: XmlElement, name: string, references: References): string {
  let text = ''
  const put = (attribute: string, value: string | undefined) => {
    if (value !== undefined) text += ` ${attribute}="${escapeXml(value)}"`
  }
  put('id', references.id(element))
  for (const [attribute, value] of element.attributes) {
    if (isKeptAttribute(name, attribute)) put(attribute, value)
  }
  const href = name === 'a' ? element.getAttribute('href') : null
  if (href !== null) put('href', references.link(href))
  return text
}
