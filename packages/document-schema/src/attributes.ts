import { isUuid } from '@stoa/kernel'
import { safeHref } from './links.ts'
import { cleanLatex, cleanText } from './text-rules.ts'

/**
 * What attributes of nodes and marks may be. Anybody who may write can put anything into a Yjs document; what is read from
 * one passes through here first.
 */

export type Attributes = Readonly<Record<string, unknown>>
type Check = (raw: Attributes) => Attributes | undefined

const text = (value: unknown, length: number): string =>
  typeof value === 'string' ? cleanText(value).slice(0, length).toWellFormed() : ''
const optionalText = (value: unknown, length: number): string | null => text(value, length).trim() || null
const whole = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && isUuid(value) ? value.toLowerCase() : undefined
const isRecord = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const cell: Check = ({ colspan, rowspan, colwidth, align }) => ({
  colspan: whole(colspan, 1, 100) ?? 1,
  rowspan: whole(rowspan, 1, 1000) ?? 1,
  colwidth:
    Array.isArray(colwidth) && colwidth.length <= 100 && colwidth.every((one) => whole(one, 0, 10_000))
      ? colwidth
      : null,
  align: align === 'left' || align === 'center' || align === 'right' ? align : null,
})

const latex: Check = (raw) => {
  const clean = cleanLatex(raw.latex)
  return clean === '' ? undefined : { latex: clean }
}

/** The words of a passage, or `undefined` when there are none. */
function quoteOf(value: unknown): Attributes | undefined {
  if (!isRecord(value) || typeof value.exact !== 'string' || value.exact.trim() === '') return undefined
  const { exact, prefix, suffix } = value
  return {
    exact: exact.slice(0, 20_000).toWellFormed(),
    ...{ prefix: text(prefix, 256), suffix: text(suffix, 256) },
  }
}

const LOCATOR_SIZE = 16_000

function citation(raw: Attributes): Attributes | undefined {
  const [book_id, quote] = [uuid(raw.book_id), quoteOf(raw.quote)]
  const { locator } = raw
  const known = isRecord(locator) && (locator.type === 'epub' || locator.type === 'pdf')
  if (!book_id || !quote || !known || JSON.stringify(locator).length > LOCATOR_SIZE) return undefined
  const authors = Array.isArray(raw.book_authors) ? raw.book_authors : []
  return {
    ...{ book_id, quote, locator },
    chapter: optionalText(raw.chapter, 300),
    highlight_id: uuid(raw.highlight_id) ?? null,
    book_title: text(raw.book_title, 500),
    book_authors: authors.slice(0, 20).map((one) => text(one, 200)),
  }
}

const CHECKS: Readonly<Record<string, Check>> = {
  ...{ tableCell: cell, tableHeader: cell, inlineMath: latex, citation },
  blockMath: ({ latex: raw }) => {
    const clean = cleanLatex(raw, true)
    return clean === '' ? undefined : { latex: clean }
  },
  heading: ({ level }) => ({ level: whole(level, 1, 6) ?? 1 }),
  codeBlock: ({ language }) => ({
    language: typeof language === 'string' && /^[\w+#.-]{1,40}$/.test(language) ? language : null,
  }),
  orderedList: ({ start }) => ({ start: whole(start, 0, 999_999_999) ?? 1, type: null }),
  taskItem: ({ checked }) => ({ checked: checked === true }),
  mention: ({ id, label }) => {
    const account = uuid(id)
    const name = text(label, 120).trim()
    return account && name !== '' ? { id: account, label: name } : undefined
  },
  image: ({ file_id, alt, width }) => {
    const file = uuid(file_id)
    return file
      ? { file_id: file, alt: text(alt, 1000).trim(), width: whole(width, 16, 10_000) ?? null }
      : undefined
  },
  link: ({ href, title }) => {
    const safe = safeHref(href)
    return safe === undefined ? undefined : { href: safe, title: optionalText(title, 300) }
  },
}

/** The attributes a node or mark may have of those it came with; `undefined`: it cannot be without better ones. */
export function checkedAttributes(name: string, raw: unknown): Attributes | undefined {
  const check = CHECKS[name]
  return check === undefined ? {} : check(isRecord(raw) ? raw : {})
}
