import type { TextQuery } from '../search-engine.ts'
import { hasHan, phraseTokens } from '../segment.ts'

/** What must stand in a text as it is: the words of a phrase side by side, or of a beginning, whose last one may go on. */
export interface Stretch {
  readonly tokens: readonly string[]
  readonly open: boolean
}

const stretch = (text: string, open: boolean): Stretch => {
  const tokens = phraseTokens(text)
  // A Chinese character is a whole word.
  return { tokens, open: open && !hasHan(tokens.at(-1) ?? '') }
}

const some = ({ tokens }: Stretch): boolean => tokens.length > 0

/** What was typed as a phrase or as a beginning. */
export const strictStretches = ({ phrases, prefixes }: TextQuery): Stretch[] =>
  [...phrases.map((text) => stretch(text, false)), ...prefixes.map((text) => stretch(text, true))].filter(
    some,
  )

/** Runs of Chinese, character by character: found however the text was cut into words. */
export const runStretches = ({ hanRuns }: TextQuery): Stretch[] =>
  hanRuns.map((run) => stretch(run, false)).filter(some)

/** As a part of words that have a blank before and after each. */
export const partOf = ({ tokens, open }: Stretch): string => ` ${tokens.join(' ')}${open ? '' : ' '}`

/** Whole words that must stand there, each once. */
export const mustTokens = (stretches: readonly Stretch[]): string[] => [
  ...new Set(stretches.flatMap(({ tokens, open }) => (open ? tokens.slice(0, -1) : tokens))),
]

/** Beginnings of words, the longest first. */
export const beginnings = (stretches: readonly Stretch[]): string[] =>
  stretches
    .filter(({ open }) => open)
    .map(({ tokens }) => tokens.at(-1) ?? '')
    .sort((a, b) => b.length - a.length)
