/** Cutting out of a text the stretch that shows why it was found, with the matching parts marked. Works on the original text. */

export interface SnippetPart {
  readonly text: string
  readonly mark: boolean
}

export interface Span {
  readonly start: number
  readonly end: number
}

export interface Snippet {
  readonly parts: readonly SnippetPart[]
  /** The stretch that was cut out, without ellipses: offsets in UTF-16 units. */
  readonly span: Span
}

/** Soft hyphens and joiners belong to the word that they stand in. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|\u00ad|\u200c|\u200d|\u2060)*(?:['’]\p{L}+)*/gu
const HAN = /\p{sc=Han}/u

/** Distinct words of a text that consist of letters, Chinese left out. */
export function latinWords(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(WORD), (match) => match[0]).filter((word) => !HAN.test(word)))]
}

/** Where the words stand that match, and where the literal texts (Chinese words, phrases) stand. In order, not overlapping. */
export function findMarks(text: string, words: ReadonlySet<string>, literals: readonly string[]): Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(WORD)) {
    if (words.has(match[0])) spans.push({ start: match.index, end: match.index + match[0].length })
  }
  const folded = text.toLowerCase()
  // Some letters change their length in lower case: then offsets would lie, and literals are looked for as they stand.
  const haystack = folded.length === text.length ? folded : text
  for (const literal of literals) {
    const needle = haystack === folded ? literal.toLowerCase() : literal
    if (needle === '') continue
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
      spans.push({ start: at, end: at + needle.length })
    }
  }
  return merge(spans)
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last && span.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else merged.push(span)
  }
  return merged
}

/** Where the window of `length` characters should begin to hold the most marks; the earliest of the best. */
function bestStart(marks: readonly Span[], length: number): number {
  let best = { start: marks[0]?.start ?? 0, count: 0 }
  for (const [index, { start }] of marks.entries()) {
    let count = 0
    for (let i = index; i < marks.length && (marks[i] as Span).end <= start + length; i++) count++
    if (count > best.count) best = { start, count }
  }
  return best.start
}

const isLow = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Moves a cut to the nearest blank within reach, so that words stay whole; in Chinese every place is one. */
function settle(text: string, at: number, step: -1 | 1): number {
  if (at <= 0) return 0
  if (at >= text.length) return text.length
  for (let i = 0; i < 16; i++) {
    const place = at + i * step
    if (place <= 0 || place >= text.length) break
    if (/\s/.test(text[place - 1] as string) || HAN.test(text[place] as string))
      return isLow(text, place) ? place + 1 : place
  }
  return isLow(text, at) ? at + 1 : at
}

/** At most about `length` characters around the densest marks; with none, the beginning. */
export function makeSnippet(text: string, marks: readonly Span[], length = 200): Snippet {
  const centre = bestStart(marks, length)
  const lead = Math.floor(length / 5)
  const start = settle(text, Math.max(0, Math.min(centre - lead, text.length - length)), -1)
  const end = settle(text, Math.min(text.length, start + length), 1)
  const parts: SnippetPart[] = []
  let at = start
  if (start > 0) parts.push({ text: '…', mark: false })
  for (const mark of marks) {
    if (mark.end <= start || mark.start >= end) continue
    const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)]
    if (from > at) parts.push({ text: text.slice(at, from), mark: false })
    parts.push({ text: text.slice(from, to), mark: true })
    at = to
  }
  if (at < end) parts.push({ text: text.slice(at, end), mark: false })
  if (end < text.length) parts.push({ text: '…', mark: false })
  return { parts, span: { start, end } }
}
