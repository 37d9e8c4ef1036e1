import type { Block } from './block.ts'
import { sizes } from './sizes.ts'
import { weigh } from './weigh.ts'

export type Span = readonly [start: number, end: number]

/** Cuts a long block into spans of at most `sizes.most` units, at lines or sentences, else at words, else anywhere. */
export function splitSpan(text: string, block: Block, at: 'line' | 'sentence'): Span[] {
  const span: Span = [block.start, block.end]
  const lines = at === 'line' ? splitLines(text, span) : [span]
  const sentences = lines.flatMap((line) =>
    fits(text, line) ? [line] : splitSentences(text, line, block.language),
  )
  return pack(
    text,
    sentences.flatMap((sentence) => (fits(text, sentence) ? [sentence] : splitWords(text, sentence))),
  )
}

function fits(text: string, [start, end]: Span): boolean {
  return weigh(text, start, end).units <= sizes.most
}

/** Puts neighbours together up to `sizes.full`, evenly, so that the last one is not a scrap. */
function pack(text: string, parts: readonly Span[]): Span[] {
  const weights = parts.map(([start, end]) => weigh(text, start, end).units)
  const total = weights.reduce((sum, units) => sum + units, 0)
  const share = total / Math.max(1, Math.ceil(total / sizes.full))
  const packed: Span[] = []
  let units = 0
  for (const [i, part] of parts.entries()) {
    const last = packed.at(-1)
    const weight = weights[i] ?? 0
    if (last && units + weight / 2 <= share && units + weight <= sizes.most) {
      packed[packed.length - 1] = [last[0], part[1]]
      units += weight
    } else {
      packed.push(part)
      units = weight
    }
  }
  return packed.map((span) => trim(text, span)).filter(([start, end]) => end > start)
}

function splitLines(text: string, [start, end]: Span): Span[] {
  const spans: Span[] = []
  for (let from = start; from < end; ) {
    const at = text.indexOf('\n', from)
    const to = at < 0 || at >= end ? end : at + 1
    spans.push([from, to])
    from = to
  }
  return spans
}

const segmenters = new Map<string, Intl.Segmenter>()

function sentencesOf(language: string | undefined): Intl.Segmenter {
  const key = language?.split('-')[0] ?? 'en'
  const known = segmenters.get(key)
  if (known) return known
  let segmenter: Intl.Segmenter
  try {
    segmenter = new Intl.Segmenter(key, { granularity: 'sentence' })
  } catch {
    segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
  }
  if (segmenters.size < 50) segmenters.set(key, segmenter)
  return segmenter
}

function splitSentences(text: string, [start, end]: Span, language: string | undefined): Span[] {
  return Array.from(sentencesOf(language).segment(text.slice(start, end)), ({ index, segment }): Span => {
    return [start + index, start + index + segment.length]
  })
}

/** A sentence without end, as of a parser gone astray: cut at spaces near the limit, or in the middle of a run. */
function splitWords(text: string, [start, end]: Span): Span[] {
  const spans: Span[] = []
  for (let from = start; from < end; ) {
    const to = cutBefore(text, from, end)
    spans.push([from, to])
    from = to
  }
  return spans
}

/** Longest stretch without a space that is kept in one passage, in UTF-16 units. */
const longestRun = 2000

function cutBefore(text: string, from: number, end: number): number {
  let low = from + 1
  let high = Math.min(end, from + longestRun)
  if (high === end && fits(text, [from, end])) return end
  // The weight grows with the length: find the longest stretch that fits.
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fits(text, [from, middle])) low = middle
    else high = middle - 1
  }
  const space = text.lastIndexOf(' ', low)
  if (space > from + (low - from) / 2) return space + 1
  return /[\ud800-\udbff]/.test(text.charAt(low - 1)) && low - 1 > from ? low - 1 : low
}

function trim(text: string, [start, end]: Span): Span {
  let from = start
  let to = end
  while (from < to && /\s/.test(text.charAt(from))) from++
  while (to > from && /\s/.test(text.charAt(to - 1))) to--
  return [from, to]
}
