import { normalise, type SectionText } from '@stoa/locators'

export interface TextHit {
  readonly start: number
  readonly end: number
  readonly excerpt: { readonly before: string; readonly match: string; readonly after: string }
}

const CONTEXT = 48

/**
 * Places where a section says the query: case and accents do not count, nor how white space, quotation marks, dashes,
 * ligatures and full-width forms are written. Offsets are the section's own.
 */
export function* searchText(section: Pick<SectionText, 'text'>, query: string): Generator<TextHit> {
  const needle = fold(normalise(query).text).trim()
  if (needle === '') return
  const normal = normalise(section.text)
  const hay = fold(normal.text)
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const start = normal.starts[at] ?? 0
    const end = normal.ends[at + needle.length - 1] ?? start
    yield { start, end, excerpt: excerptOf(section.text, start, end) }
  }
}

/** Lower case without accents, unit by unit, so that offsets stay. */
function fold(text: string): string {
  const lower = text.toLowerCase()
  const even = lower.length === text.length ? lower : Array.from(text, lowerUnit).join('')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no folding
  return even.replaceAll(/[^\u0000-\u00bf\u2000-\uffff]/gu, (char) => {
    const base = char.normalize('NFD').charAt(0)
    return char.length === 1 ? base : char
  })
}

function lowerUnit(char: string): string {
  const lower = char.toLowerCase()
  return lower.length === char.length ? lower : char
}

function excerptOf(text: string, start: number, end: number): TextHit['excerpt'] {
  const line = (part: string) => part.replaceAll(/\s+/gu, ' ')
  const before = line(text.slice(Math.max(0, start - 2 * CONTEXT), start)).trimStart()
  const after = line(text.slice(end, end + 2 * CONTEXT)).trimEnd()
  return { before: lastWords(before), match: line(text.slice(start, end)), after: firstWords(after) }
}

/** Cut at a word where there are words; Chinese anywhere. */
function lastWords(text: string): string {
  if (text.length <= CONTEXT) return text
  const cut = text.slice(-CONTEXT)
  const space = cut.indexOf(' ')
  return `…${(space >= 0 && space < 16 ? cut.slice(space + 1) : cut).replace(/^[\uDC00-\uDFFF]/, '')}`
}

function firstWords(text: string): string {
  if (text.length <= CONTEXT) return text
  const cut = text.slice(0, CONTEXT)
  const space = cut.lastIndexOf(' ')
  return `${(space > CONTEXT - 16 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '')}…`
}
