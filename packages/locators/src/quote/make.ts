import { LocatorError } from '../errors.ts'
import type { TextQuote } from './types.ts'

/** QUO-2: characters of context on each side. */
export const CONTEXT_LENGTH = 32
/** Longer selections keep their ends: a locator is not a copy of the book. */
export const MAX_EXACT_LENGTH = 20_000

/**
 * The quote of `text.slice(start, end)`; white space inside is collapsed, context is cut at whole characters.
 * @throws LocatorError `locator.invalid_quote` when the span is empty or outside the text.
 */
export function makeQuote(text: string, start: number, end: number): TextQuote {
  if (!(start >= 0 && start < end && end <= text.length)) {
    throw new LocatorError('locator.invalid_quote', 'The span is empty or outside the text.', { start, end })
  }
  const exact = collapse(text.slice(start, Math.min(end, start + MAX_EXACT_LENGTH))).trim()
  if (exact === '') throw new LocatorError('locator.invalid_quote', 'The span holds only white space.')
  const before = collapse(text.slice(Math.max(0, start - CONTEXT_LENGTH * 4), start))
  const after = collapse(text.slice(end, end + CONTEXT_LENGTH * 4))
  return { exact, prefix: tail(before, CONTEXT_LENGTH), suffix: head(after, CONTEXT_LENGTH) }
}

/** @throws LocatorError `locator.invalid_quote` */
export function checkQuote(quote: TextQuote): TextQuote {
  const bad = (what: string) => new LocatorError('locator.invalid_quote', `Not a valid quote: ${what}.`)
  if (typeof quote.exact !== 'string' || quote.exact.trim() === '') throw bad('exact is empty')
  if (quote.exact.length > MAX_EXACT_LENGTH) throw bad('exact is too long')
  for (const side of [quote.prefix, quote.suffix]) {
    if (side !== undefined && (typeof side !== 'string' || side.length > 1000))
      throw bad('context is too long')
  }
  return quote
}

function collapse(text: string): string {
  return text.replaceAll(/\s+/gu, ' ')
}

/** Last `n` units, not starting inside a surrogate pair. */
function tail(text: string, n: number): string {
  const cut = text.slice(-n)
  return /^[\uDC00-\uDFFF]/.test(cut) ? cut.slice(1) : cut
}

function head(text: string, n: number): string {
  const cut = text.slice(0, n)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}
