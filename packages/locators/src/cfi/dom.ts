/**
 * The little of a DOM that locators need. Browser nodes and `@xmldom/xmldom` nodes both fit, so the server and the reader
 * number the same book the same way.
 */
export interface DomNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly parentNode: DomNode | null
  readonly childNodes: ArrayLike<DomNode>
  /** Elements only. */
  getAttribute?(name: string): string | null
}

/** What is needed of a document: browsers' and xmldom's have it. */
export interface DomDocument {
  readonly documentElement: DomNode | null
  getElementById?(id: string): DomNode | null
}

/** A boundary point as in DOM §5.2: in text, `offset` counts UTF-16 units; in an element, children. */
export interface DomPoint<N extends DomNode = DomNode> {
  readonly node: N
  readonly offset: number
}

/** From `start` up to `end`, in document order. */
export interface DomRange<N extends DomNode = DomNode> {
  readonly start: DomPoint<N>
  readonly end: DomPoint<N>
}

export const isElement = (node: DomNode): boolean => node.nodeType === 1
/** Text and CDATA sections. */
export const isText = (node: DomNode): boolean => node.nodeType === 3 || node.nodeType === 4
export const textLength = (node: DomNode): number => node.nodeValue?.length ?? 0

export function idOf(node: DomNode): string | undefined {
  return (isElement(node) && node.getAttribute?.('id')) || undefined
}
