import type { TextQuery } from '../search-engine.ts'
import { phraseTokens } from '../segment.ts'

/** `to_tsquery('simple', …)` text for documents. Built from letters and digits alone, so nothing typed can be an operator. */

const quote = (token: string): string => `'${token.replaceAll("'", '').replaceAll('\\', '')}'`

function phrase(text: string): string | undefined {
  const tokens = phraseTokens(text)
  return tokens.length === 0 ? undefined : `(${tokens.map(quote).join(' <-> ')})`
}

const present = (part: string | undefined): part is string => part !== undefined

/** Every phrase and every prefix must match; `undefined` when there are none. */
export function strictQuery({ phrases, prefixes }: TextQuery): string | undefined {
  const beginnings = prefixes.flatMap((prefix) => {
    const tokens = phraseTokens(prefix)
    const last = tokens.at(-1)
    if (last === undefined) return []
    return [`(${[...tokens.slice(0, -1).map(quote), `${quote(last)}:*`].join(' <-> ')})`]
  })
  const parts = [...phrases.map(phrase).filter(present), ...beginnings]
  return parts.length === 0 ? undefined : parts.join(' & ')
}

/** Runs of Chinese, character by character: found however the text was cut into words. */
export function runsQuery({ hanRuns }: TextQuery): string | undefined {
  const parts = hanRuns.map(phrase).filter(present)
  return parts.length === 0 ? undefined : parts.join(' & ')
}
