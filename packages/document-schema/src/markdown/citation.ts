import type { Node } from '@tiptap/pm/model'
import type { CitationAttributes } from '../nodes/citation.ts'

/**
 * A citation in Markdown: a quotation that ends with its source, linked to `stoa:passage/BOOK#…`. What a reader of the plain
 * text has no use for stands after the `#`: base64url of JSON.
 */
export const PASSAGE = /^stoa:passage\/([0-9a-f-]{36})#([A-Za-z0-9_-]+)$/i

export function passageLink(node: Node): string {
  const { book_id, quote, locator, highlight_id, chapter, book_title, book_authors } =
    node.attrs as CitationAttributes
  const { exact, ...context } = quote
  // Words that Markdown would set differently are kept beside it.
  const own = /[\p{Cc}\u2028\u2029]/u.test(exact) ? { exact } : {}
  const rest = { locator, ...context, ...own, highlight_id, chapter, book_title, book_authors }
  return `stoa:passage/${book_id}#${toBase64Url(JSON.stringify(rest))}`
}

/** Attributes of a citation, not checked yet; `undefined` when the link is none to a passage. */
export function fromPassageLink(href: string, words: string): Record<string, unknown> | undefined {
  const [, book_id, encoded] = PASSAGE.exec(href) ?? []
  const value = encoded === undefined ? undefined : fromBase64Url(encoded)
  if (typeof value !== 'object' || value === null) return undefined
  const { exact = words, prefix, suffix, ...rest } = value as Record<string, unknown>
  return { ...rest, book_id, quote: { exact, prefix, suffix } }
}

function toBase64Url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(encoded: string): unknown {
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0))))
  } catch {
    return undefined
  }
}
