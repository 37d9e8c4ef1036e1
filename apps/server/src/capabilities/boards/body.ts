/** What a post says, as bytes: plain Markdown, or with the passages that it cites. */
import { createHash } from 'node:crypto'
import type { components } from '@stoa/contracts'
import type { ContentRef } from '@stoa/records'

type Schemas = components['schemas']

export const MARKDOWN = 'text/markdown'
/** JSON: `{ text, citations: [{ file, title, authors, locator, quote, chapter }] }`. */
export const WITH_CITATIONS = 'application/vnd.stoa.post+json'

/** A passage as it travels: the book is named by its file, for ids differ from node to node. */
export interface StoredCitation {
  /** SHA-256 of the book's file. */
  readonly file: string
  readonly title: string
  readonly authors: readonly string[]
  readonly locator: Schemas['Locator']
  readonly quote: Schemas['TextQuote']
  readonly chapter: string | null
}

export interface Body {
  readonly text: string
  readonly citations: readonly StoredCitation[]
}

export function encodeBody({ text, citations }: Body): {
  readonly bytes: Uint8Array
  readonly content: ContentRef
} {
  const plain = citations.length === 0
  const bytes = new TextEncoder().encode(plain ? text : JSON.stringify({ text, citations }))
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { bytes, content: { digest, size: bytes.length, type: plain ? MARKDOWN : WITH_CITATIONS } }
}

/** Reads a body from anywhere: what does not fit is left out, for its bytes are somebody else's. */
export function decodeBody(bytes: Uint8Array, type: string): Body {
  const text = new TextDecoder().decode(bytes)
  if (type !== WITH_CITATIONS) return { text: storable(text), citations: [] }
  const value = parsed(text)
  if (!isObject(value) || typeof value.text !== 'string') return { text: '', citations: [] }
  const list = Array.isArray(value.citations) ? value.citations.slice(0, 20) : []
  return { text: storable(value.text), citations: list.flatMap(citationFrom) }
}

/** U+0000 and halves of characters, which neither a request nor the database takes, become U+FFFD. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `most`: characters, as the contract counts them, not UTF-16 units. */
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && isShort(value, most) && value === storable(value)

const isShort = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && [...text].length <= most)

const isFile = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

function citationFrom(value: unknown): StoredCitation[] {
  if (!isObject(value)) return []
  const { file, title, authors, chapter } = value
  const locator = locatorFrom(value.locator)
  const quote = quoteFrom(value.quote)
  if (!isFile(file) || !isText(title, 500) || !Array.isArray(authors) || !locator || !quote) return []
  return [
    {
      ...{ file, title, locator, quote },
      authors: authors.filter((one) => isText(one, 300)).slice(0, 50),
      chapter: isText(chapter, 300) ? chapter : null,
    },
  ]
}

function quoteFrom(value: unknown): Schemas['TextQuote'] | undefined {
  if (!isObject(value) || !isText(value.exact, 20_000) || value.exact === '') return undefined
  const { exact, prefix, suffix } = value
  return { exact, prefix: isText(prefix, 256) ? prefix : '', suffix: isText(suffix, 256) ? suffix : '' }
}

/** The parts of a locator that lead to the place; how it was painted there is left out. */
function locatorFrom(value: unknown): Schemas['Locator'] | undefined {
  if (!isObject(value)) return undefined
  if (value.type === 'epub' && isText(value.cfi, 2000) && /^epubcfi\(.+\)$/.test(value.cfi))
    return { type: 'epub', cfi: value.cfi, ...fractionOf(value.fraction) }
  const { page, start, end } = value
  if (value.type !== 'pdf' || !isPlace(page) || page > 100_000) return undefined
  return {
    ...{ type: 'pdf', page },
    ...(isPlace(start) ? { start } : {}),
    ...(isPlace(end) ? { end } : {}),
    ...fractionOf(value.fraction),
  }
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

const fractionOf = (value: unknown): { fraction?: number } =>
  typeof value === 'number' && value >= 0 && value <= 1 ? { fraction: value } : {}
