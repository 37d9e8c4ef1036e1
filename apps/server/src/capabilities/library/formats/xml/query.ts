import { XmlElement, type XmlNode } from './tree.ts'

/** Child elements, of one name if given. */
export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.childNodes.filter(
    (node): node is XmlElement =>
      node instanceof XmlElement && (name === undefined || node.nodeName === name),
  )
}

export function childElement(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.childNodes.find(
    (node): node is XmlElement => node instanceof XmlElement && node.nodeName === name,
  )
}

/** Elements below `root` in document order, of one name if given. Walks without recursion: depth costs no stack. */
export function* descendants(root: XmlElement, name?: string): Generator<XmlElement, undefined> {
  const stack: XmlNode[] = root.childNodes.toReversed()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!(node instanceof XmlElement)) continue
    if (name === undefined || node.nodeName === name) yield node
    for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i] as XmlNode)
  }
  return undefined
}

export function firstDescendant(root: XmlElement, name: string): XmlElement | undefined {
  return descendants(root, name).next().value
}

/** The character data below `node`, as DOM `textContent`. */
export function textContent(node: XmlNode): string {
  if (!(node instanceof XmlElement)) return node.nodeValue
  let text = ''
  const stack: XmlNode[] = [node]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (!(next instanceof XmlElement)) text += next.nodeValue
    else for (let i = next.childNodes.length - 1; i >= 0; i--) stack.push(next.childNodes[i] as XmlNode)
  }
  return text
}

/** `textContent` with white space collapsed and trimmed; undefined for none. */
export function plainText(node: XmlNode | undefined): string | undefined {
  return node && (textContent(node).replace(/\s+/g, ' ').trim() || undefined)
}

/** The words of a space-separated attribute such as `epub:type` or `properties`. */
export function tokens(element: XmlElement, attribute: string): string[] {
  return element.getAttribute(attribute)?.trim().split(/\s+/) ?? []
}
