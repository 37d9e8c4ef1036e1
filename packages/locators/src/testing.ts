import { DOMParser, type Document } from '@xmldom/xmldom'
import type { DomNode } from './cfi/dom.ts'

/** Parses XHTML as the server does; for tests. */
export function parseXhtml(body: string): Document {
  const source = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>${body}</body></html>`
  return new DOMParser().parseFromString(source, 'application/xhtml+xml')
}

/** All nodes under `root` in document order. */
export function nodesUnder(root: DomNode): DomNode[] {
  return Array.from(root.childNodes).flatMap((child) => [child, ...nodesUnder(child)])
}
