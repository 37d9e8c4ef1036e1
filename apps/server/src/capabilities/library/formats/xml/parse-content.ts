import { parseHtml } from './parse-html.ts'
import { parseXml, XmlSyntaxError } from './parse-xml.ts'
import type { XmlElement } from './tree.ts'

export interface ContentDocument {
  root: XmlElement
  /** False where the XHTML had to be read as HTML; `root` is then what a browser's HTML parser makes of it. */
  wellFormed: boolean
}

/** Parses a content document exactly as the reader does: as XML, and where that fails as HTML. */
export function parseContent(text: string, mediaType: string, part: string): ContentDocument {
  if (mediaType === 'text/html') return { root: parseHtml(text, part), wellFormed: true }
  try {
    return { root: parseXml(text, { part }), wellFormed: true }
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error
    return { root: parseHtml(text, part), wellFormed: false }
  }
}
