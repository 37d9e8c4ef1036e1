import type { Node } from '@tiptap/pm/model'
import type { CitationAttributes } from './nodes/citation.ts'

/** What stands in a document, without its form. */

/** Lines of text, one for each text block, formula, card or image. */
export function linesOf(doc: Node): string[] {
  const lines: string[] = []
  doc.descendants((node) => {
    const line = lineOf(node)
    if (line !== undefined && line.trim() !== '') lines.push(line)
    return line === undefined
  })
  return lines
}

/** The line that a block is; `undefined` when its parts are lines of their own. */
export function lineOf(node: Node): string | undefined {
  switch (node.type.name) {
    case 'citation':
      return String(node.attrs.quote.exact)
    case 'image':
      return String(node.attrs.alt)
    case 'blockMath':
      return String(node.attrs.latex)
    case 'horizontalRule':
      return ''
    default:
      return node.isTextblock ? textOf(node) : undefined
  }
}

const textOf = (block: Node): string =>
  block.textBetween(0, block.content.size, '', ({ type, attrs }) => {
    if (type.name === 'mention') return `@${attrs.label}`
    return type.name === 'inlineMath' ? String(attrs.latex) : ' '
  })

/** Every line of text (see {@link linesOf}), divided by `\n`; formulas as their LaTeX, mentions as `@Name`. */
export const toPlainText = (doc: Node): string => linesOf(doc).join('\n')

/** Words; of Chinese, Japanese and Korean, characters. Punctuation between the parts of a word does not divide it. */
export const wordsOf = (text: string): string[] => text.match(WORD) ?? []

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+(?:['’.\-_](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+)*/gu

/** Words as {@link wordsOf} counts them, of the whole document. */
export const wordCount = (doc: Node): number =>
  linesOf(doc).reduce((count, line) => count + wordsOf(line).length, 0)

/** A heading: its level from 1, its text, its place. */
export interface OutlineEntry {
  readonly level: number
  readonly text: string
  /** Where the heading begins, as a ProseMirror position. */
  readonly position: number
}

/** The headings in their order, empty ones included. */
export function outlineOf(doc: Node): OutlineEntry[] {
  const entries: OutlineEntry[] = []
  doc.descendants((node, position) => {
    if (node.type.name === 'heading')
      entries.push({ level: node.attrs.level, text: textOf(node).trim(), position })
    return !node.isTextblock
  })
  return entries
}

/** Accounts that are mentioned, each once, with the line of the first mention. */
export function mentionsOf(doc: Node): { readonly accountId: string; readonly line: string }[] {
  const found = new Map<string, string>()
  doc.descendants((node, _position, parent) => {
    if (node.type.name === 'mention' && parent && !found.has(String(node.attrs.id)))
      found.set(String(node.attrs.id), textOf(parent))
  })
  return [...found].map(([accountId, line]) => ({ accountId, line }))
}

/** Passages that the document cites, in their order, each as often as it stands there. */
export const citationsOf = (doc: Node): CitationAttributes[] =>
  attributesOf(doc, 'citation').map((attrs) => attrs as unknown as CitationAttributes)

/** Images of the document that stand in the text. */
export const filesOf = (doc: Node): string[] => [
  ...new Set(attributesOf(doc, 'image').map(({ file_id }) => String(file_id))),
]

function attributesOf(doc: Node, name: string): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = []
  doc.descendants((node) => {
    if (node.type.name === name) found.push(node.attrs)
  })
  return found
}
