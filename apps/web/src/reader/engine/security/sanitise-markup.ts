import { sanitiseDocument } from './sanitise-document.ts'

const PARSER_ERROR = 'parsererror'

/** Parses XHTML, and as HTML what is not well-formed: half a chapter is worse than a forgiving reading. */
export function parseMarkup(markup: string): Document {
  const parser = new DOMParser()
  const strict = parser.parseFromString(markup, 'application/xhtml+xml')
  const broken = strict.getElementsByTagName(PARSER_ERROR).length > 0 || !strict.documentElement.namespaceURI
  return broken ? parser.parseFromString(markup, 'text/html') : strict
}

/** The harmless form of a document of a book, as XHTML whatever it was. */
export function sanitiseMarkup(markup: string): string {
  return serialiseSafely(parseMarkup(markup))
}

export function serialiseSafely(document: Document): string {
  sanitiseDocument(document)
  return new XMLSerializer().serializeToString(document)
}
