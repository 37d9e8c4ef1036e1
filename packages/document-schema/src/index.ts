/**
 * What a Stoa document may hold, for the editor in the browser and for the server.
 *
 * ```ts
 * const editor = new Editor({ extensions: editorExtensions([Collaboration.configure({ document, field: DOCUMENT_FRAGMENT })]) })
 * const text = toMarkdown(readDocument(ydoc))
 * ```
 */
export { documentExtensions, editorExtensions } from './extensions.ts'
export { escapeHtml, type HtmlOptions, toHtml } from './html.ts'
export { safeHref } from './links.ts'
export { fromMarkdown, type LeftOut, type ReadMarkdown } from './markdown/parse.ts'
export { toMarkdown } from './markdown/serialize.ts'
export { Citation, type CitationAttributes } from './nodes/citation.ts'
export { Image } from './nodes/image.ts'
export { BlockMath, InlineMath } from './nodes/maths.ts'
export { Mention } from './nodes/mention.ts'
export { toDocument } from './normalize.ts'
export { DOCUMENT_FRAGMENT, documentSchema } from './schema.ts'
export {
  citationsOf,
  filesOf,
  lineOf,
  linesOf,
  mentionsOf,
  type OutlineEntry,
  outlineOf,
  toPlainText,
  wordCount,
  wordsOf,
} from './text.ts'
export { documentUpdate, readDocument, writeDocument } from './y-content.ts'
