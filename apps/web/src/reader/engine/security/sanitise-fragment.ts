/** Elements that may stand in a note shown inside the app, with the attributes each may carry. */
const ALLOWED = new Set(
  'a abbr b blockquote br cite code dd del div dfn dl dt em h1 h2 h3 h4 h5 h6 i ins kbd li mark ol p pre q rb rp rt ruby s samp small span strong sub sup table tbody td th thead tr u ul var'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(['lang', 'dir', 'colspan', 'rowspan'])
/** Whole subtrees that are left out. */
const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'head',
  'svg',
  'math',
  'object',
  'iframe',
  'audio',
  'video',
  'img',
])

/**
 * Copies nodes of a book as markup that is safe inside the app's own page: an allow-list of text elements, no links, styles,
 * classes, ids or images. Made node by node in a document of its own, never by editing text.
 */
export function safeFragment(
  nodes: Iterable<Node>,
  drop: (element: Element) => boolean = () => false,
): string {
  const inert = document.implementation.createHTMLDocument('')
  const copy = (node: Node, into: Node): void => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
      into.appendChild(inert.createTextNode(node.nodeValue ?? ''))
      return
    }
    if (!isElement(node)) return
    const name = node.localName.toLowerCase()
    if (SKIPPED.has(name) || drop(node)) return
    const target = ALLOWED.has(name)
      ? into.appendChild(inert.createElement(name === 'a' ? 'span' : name))
      : into
    if (target !== into) copyAttributes(node, target as Element)
    for (const child of Array.from(node.childNodes)) copy(child, target)
  }
  for (const node of nodes) copy(node, inert.body)
  return inert.body.innerHTML.trim()
}

function copyAttributes(from: Element, to: Element): void {
  for (const { localName, value } of Array.from(from.attributes)) {
    if (ATTRIBUTES.has(localName)) to.setAttribute(localName, value)
  }
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE
}
