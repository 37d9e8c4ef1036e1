import { sanitiseCss } from './sanitise-css.ts'
import { isHarmlessLink, isOwnResource } from './urls.ts'

const XHTML = 'http://www.w3.org/1999/xhtml'

/** Replaced by an empty, hidden element. */
const EMPTIED = new Set([
  'script',
  'template',
  'frame',
  'frameset',
  'portal',
  'fencedframe',
  'base',
  'meta',
  'link',
  'param',
])
/** Replaced by an element that shows their fallback content. */
const UNWRAPPED = new Set(['iframe', 'object', 'embed', 'applet', 'form', 'slot'])
/** Attributes that load or send when the element is shown. */
const RESOURCES = new Set(
  'src href data poster background action formaction lowsrc dynsrc longdesc codebase archive manifest profile'.split(
    ' ',
  ),
)
const DROPPED = new Set(
  'srcdoc srcset imagesrcset ping target download autofocus autoplay contenteditable http-equiv nonce attributionsrc shadowrootmode popover form xml:base'.split(
    ' ',
  ),
)
/** CSS in attributes: `style` and those presentation attributes of SVG that take `url(…)`. */
const STYLING = new Set(
  'style fill stroke filter mask clip-path cursor marker marker-start marker-mid marker-end color-profile'.split(
    ' ',
  ),
)
/** SVG can set an attribute over time; these it may not. */
const ANIMATIONS = new Set(['animate', 'set', 'animatetransform', 'animatemotion'])

/**
 * Makes a parsed document of a book harmless in place: no scripts, handlers, frames, plug-ins, forms, refreshes, and nothing
 * loaded but the book's own bytes. Elements keep their places, so that CFIs made from the original still hold (CFI-7).
 */
export function sanitiseDocument(document: Document): void {
  for (const node of Array.from(document.childNodes)) {
    if (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) sanitiseInstruction(node as ProcessingInstruction)
  }
  const root = document.documentElement
  for (const element of [root, ...Array.from(root.getElementsByTagName('*'))]) {
    if (element.isConnected) sanitiseElement(element)
  }
}

function sanitiseElement(element: Element): void {
  const name = element.localName.toLowerCase()
  if ((EMPTIED.has(name) && !isOwnStylesheet(element, name)) || isDangerousAnimation(element, name)) {
    replace(element, false)
    return
  }
  if (name === 'style') element.textContent = sanitiseCss(element.textContent ?? '')
  for (const attribute of Array.from(element.attributes)) sanitiseAttribute(element, name, attribute)
  if (UNWRAPPED.has(name) || !/^[a-z_][\w.-]*$/iu.test(element.localName)) replace(element, true)
}

function isDangerousAnimation(element: Element, name: string): boolean {
  const target = element.getAttribute('attributeName')?.trim() ?? ''
  return ANIMATIONS.has(name) && /^(?:on|.*href$|style$|src)/iu.test(target)
}

function sanitiseAttribute(element: Element, tag: string, attribute: Attr): void {
  const name = attribute.localName.toLowerCase()
  const link = name === 'href' && (tag === 'a' || tag === 'area')
  if (
    name.startsWith('on') ||
    DROPPED.has(name) ||
    DROPPED.has(attribute.name) ||
    !/^[a-z_][\w:.-]*$/iu.test(attribute.name)
  ) {
    element.removeAttributeNode(attribute)
  } else if (link || (name === 'href' && element.namespaceURI?.endsWith('MathML'))) {
    if (!isHarmlessLink(attribute.value)) element.removeAttributeNode(attribute)
  } else if (RESOURCES.has(name)) {
    if (!isOwnResource(attribute.value)) element.removeAttributeNode(attribute)
  } else if (STYLING.has(name)) attribute.value = sanitiseCss(attribute.value)
}

/** foliate-js has already pointed sheets of the book at their bytes. `meta charset` is moot: we write UTF-8. */
function isOwnStylesheet(element: Element, name: string): boolean {
  if (name === 'meta')
    return ['viewport', 'charset'].includes(element.getAttribute('name')?.toLowerCase() ?? '')
  if (name !== 'link') return false
  const rel = element.getAttribute('rel')?.toLowerCase().split(/\s+/u) ?? []
  return rel.includes('stylesheet') && isOwnResource(element.getAttribute('href') ?? '')
}

/** `<?xml-stylesheet?>` may name a CSS sheet of the book, nothing else: XSL builds new documents. */
function sanitiseInstruction(instruction: ProcessingInstruction): void {
  const href = /href\s*=\s*["']([^"']*)["']/iu.exec(instruction.data)?.[1]
  const css = /type\s*=\s*["']text\/css["']/iu.test(instruction.data)
  if (instruction.target !== 'xml-stylesheet' || !css || !isOwnResource(href ?? '')) instruction.remove()
}

/** The stand-in counts as the element did. */
function replace(element: Element, keepContent: boolean): void {
  const owner = element.ownerDocument
  const picture = keepContent ? pictureOf(element) : undefined
  if (element === owner.documentElement) {
    element.replaceChildren()
    return
  }
  const block = ['form', 'iframe', 'object'].includes(element.localName.toLowerCase())
  const stand = owner.createElementNS(XHTML, picture ? 'img' : keepContent && block ? 'div' : 'span')
  const id = element.getAttribute('id')
  if (id) stand.setAttribute('id', id)
  if (picture) stand.setAttribute('src', picture)
  else if (keepContent) stand.append(...Array.from(element.childNodes))
  else stand.setAttribute('hidden', '')
  element.replaceWith(stand)
}

/** Books embed their drawings as objects and frames, too. A picture cannot do what those can. */
function pictureOf(element: Element): string | undefined {
  const source = element.getAttribute('data') ?? element.getAttribute('src') ?? ''
  return /^image\//iu.test(element.getAttribute('type') ?? '') && isOwnResource(source) ? source : undefined
}
