import { fuzzySearch } from '../text/fuzzy.ts'
import { type NormalText, normalise, normalOffset, originalSpan } from '../text/normalise.ts'
import type { FoundQuote, TextQuote } from './types.ts'

/** How {@link findQuote} chooses, and what it may cost. */
export interface FindOptions {
  /** Offset in `text` where the passage used to begin: of equal candidates the nearest wins. */
  readonly hint?: number
  /** Edits allowed per character of the quote. Default 0.2; 0 turns fuzzy search off. */
  readonly tolerance?: number
  /** Ceiling of the fuzzy search in word steps (about 1 ns each): past it only the surroundings of the hint are searched. */
  readonly budget?: number
}

const WORD_BITS = 31
const DEFAULT_BUDGET = 60_000_000
/** Longer patterns are searched by their two ends. */
const PIECE = 248
const MAX_CANDIDATES = 2000

/** Normalised text that many quotes are looked up in: normalise once per section. */
export type Haystack = NormalText

/** Prepares a text for many calls of {@link findQuote}. */
export const haystack = (text: string): Haystack => normalise(text)

/**
 * Finds a quote in a text that may have changed (QUO-3): word for word after normalisation, the best context winning; else
 * approximately. Undefined when neither is good enough. Time is bounded by `budget`, not by the text.
 */
export function findQuote(
  text: string | Haystack,
  quote: TextQuote,
  options: FindOptions = {},
): FoundQuote | undefined {
  const hay = typeof text === 'string' ? normalise(text) : text
  const context = { prefix: normalise(quote.prefix ?? '').text, suffix: normalise(quote.suffix ?? '').text }
  const needle = normalise(quote.exact).text
  if (needle === '' || hay.text === '') return undefined
  const hint = options.hint === undefined ? undefined : normalOffset(hay, options.hint)
  const exact = exactCandidates(hay.text, needle)
  const candidates = exact.length > 0 ? exact : fuzzyCandidates(hay.text, needle, hint, options)
  let best: (Candidate & { score: number }) | undefined
  for (const candidate of candidates) {
    const score = scoreOf(candidate, hay.text, needle, context, hint)
    if (best === undefined || score > best.score) best = { ...candidate, score }
  }
  if (best === undefined || (best.errors > 0 && best.score < 0.5)) return undefined
  const whole = best.errors === 0 ? best : wholeWords(hay.text, best)
  const span = originalSpan(hay, whole.start, whole.end)
  return { ...span, score: Math.min(1, best.score), status: best.errors === 0 ? 'exact' : 'approximate' }
}

interface Candidate {
  readonly start: number
  readonly end: number
  readonly errors: number
}

function exactCandidates(text: string, needle: string): Candidate[] {
  const found: Candidate[] = []
  for (
    let at = text.indexOf(needle);
    at >= 0 && found.length < MAX_CANDIDATES;
    at = text.indexOf(needle, at + 1)
  ) {
    found.push({ start: at, end: at + needle.length, errors: 0 })
  }
  return found
}

function fuzzyCandidates(
  text: string,
  needle: string,
  hint: number | undefined,
  { tolerance = 0.2, budget = DEFAULT_BUDGET }: FindOptions,
): Candidate[] {
  const maxErrors = Math.floor(needle.length * tolerance)
  if (maxErrors === 0) return []
  const { from, to } = affordable(text.length, Math.min(needle.length, 2 * PIECE), hint, budget)
  const part = text.slice(from, to)
  const found =
    needle.length <= 2 * PIECE ? fuzzySearch(part, needle, maxErrors) : byEnds(part, needle, tolerance)
  return found.map(({ start, end, errors }) => ({ start: start + from, end: end + from, errors }))
}

/** The stretch around the hint (or the beginning) that the budget can pay for. */
function affordable(length: number, pattern: number, hint = 0, budget: number): { from: number; to: number } {
  const units = Math.floor(budget / Math.ceil(pattern / WORD_BITS))
  if (units >= length) return { from: 0, to: length }
  const from = Math.max(0, Math.min(length - units, hint - Math.floor(units / 2)))
  return { from, to: from + units }
}

/** A long quote: its first and last pieces at about the right distance. The middle may have changed. */
function byEnds(text: string, needle: string, tolerance: number): Candidate[] {
  const errors = Math.floor(PIECE * tolerance)
  const heads = fuzzySearch(text, needle.slice(0, PIECE), errors)
  const tails = fuzzySearch(text, needle.slice(-PIECE), errors)
  const found: Candidate[] = []
  for (const head of heads) {
    for (const tail of tails) {
      const drift = Math.abs(tail.end - head.start - needle.length)
      if (tail.end > head.end && drift <= needle.length * tolerance) {
        found.push({ start: head.start, end: tail.end, errors: head.errors + tail.errors + drift })
      }
    }
  }
  return found.slice(0, MAX_CANDIDATES)
}

/** An approximate match may stop inside a word: its ends move to the word's. Han text has no such ends. */
function wholeWords(text: string, { start, end }: Candidate): { start: number; end: number } {
  const head = /[\p{L}\p{N}]{0,16}$/u.exec(text.slice(Math.max(0, start - 16), start))?.[0] ?? ''
  const tail = /^[\p{L}\p{N}]{0,16}/u.exec(text.slice(end, end + 16))?.[0] ?? ''
  const latin = (word: string) => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)
  const joined = (at: number) => /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1))
  return {
    start: joined(start) && latin(head) ? start - head.length : start,
    end: joined(end) && latin(tail) ? end + tail.length : end,
  }
}

/** Words count most, then neighbours, then nearness. 1 = all equal. */
function scoreOf(
  candidate: Candidate,
  text: string,
  needle: string,
  context: { readonly prefix: string; readonly suffix: string },
  hint: number | undefined,
): number {
  const words = 1 - candidate.errors / needle.length
  const before = sharedEnd(text.slice(0, candidate.start).slice(-64), context.prefix)
  const after = sharedStart(text.slice(candidate.end, candidate.end + 64), context.suffix)
  const near = hint === undefined ? 0 : 1 - Math.abs(candidate.start - hint) / Math.max(1, text.length)
  const weights =
    hint === undefined ? { words: 0.6, side: 0.2, near: 0 } : { words: 0.6, side: 0.19, near: 0.02 }
  return weights.words * words + weights.side * (before + after) + weights.near * near
}

/** Share of `context` (0 to 1) that stands right before; spaces at the seam do not count. */
function sharedEnd(text: string, context: string): number {
  return sharedStart(reverse(text), reverse(context))
}

function sharedStart(text: string, context: string): number {
  const a = text.trimStart()
  const b = context.trimStart()
  if (b === '') return 1
  let shared = 0
  while (shared < b.length && a[shared] === b[shared]) shared++
  return shared / b.length
}

function reverse(text: string): string {
  return text.split('').reverse().join('')
}
