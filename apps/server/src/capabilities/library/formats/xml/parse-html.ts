import { type DefaultTreeAdapterMap, parse } from 'parse5'
import { TreeBudget, XmlElement } from './tree.ts'

type HtmlNode = DefaultTreeAdapterMap['childNode']

/** Parses HTML as browsers do (HTML §13) and gives its `html` element. `part` names the document in errors. */
export function parseHtml(text: string, part: string): XmlElement {
  // Scripting off, as in DOMParser: `noscript` holds elements, not text.
  const document = parse(text, { scriptingEnabled: false })
  const budget = new TreeBudget(part)
  const root = document.childNodes.find((node) => node.nodeName === 'html')
  const html = new XmlElement(null, 'html', attributesOf(root))
  if (!root || !('childNodes' in root)) return html
  // Depth first, without recursion; children are pushed backwards so that they are appended in order.
  const stack = pending(root.childNodes, html, 1)
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, parent, depth } = next
    if (node.nodeName === '#text' && 'value' in node) parent.appendText(node.value)
    if (!('tagName' in node)) continue
    budget.spend(depth)
    const element = new XmlElement(parent, node.tagName, attributesOf(node))
    if (node.childNodes.length > 0)
      for (const child of pending(node.childNodes, element, depth + 1)) stack.push(child)
  }
  return html
}

interface Pending {
  node: HtmlNode
  parent: XmlElement
  depth: number
}

function pending(nodes: readonly HtmlNode[], parent: XmlElement, depth: number): Pending[] {
  return nodes.map((node) => ({ node, parent, depth })).reverse()
}

function attributesOf(node: HtmlNode | undefined): ReadonlyMap<string, string> {
  if (!node || !('attrs' in node)) return new Map()
  return new Map(node.attrs.map(({ name, value, prefix }) => [prefix ? `${prefix}:${name}` : name, value]))
}
